(function () {
  "use strict";
  // JSON has no word for numbers that are not finite: charts leave out null.
  const data = JSON.parse(document.getElementById("data").textContent, (key, value) =>
    value === "NaN" || value === "Infinity" || value === "-Infinity" ? null : value,
  );
  const classColours = [
    "#4e79a7", "#f28e2b", "#e15759", "#35a79c", "#59a14f",
    "#c9a400", "#b07aa1", "#ff8fa3", "#9c755f", "#7f8790",
  ];
  let charts = [];

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  function make(id, config) {
    charts.push(new Chart(document.getElementById(id), config));
  }

  function axis(title) {
    return {
      title: { display: title !== "", text: title },
      grid: { color: colour("--grid") },
      border: { color: colour("--line") },
    };
  }

  function curve(id, name) {
    const few = data.epochs.length < 3;
    const line = (label, values, tint) => ({
      label: label,
      data: values,
      borderColor: tint,
      backgroundColor: tint,
      borderWidth: 2,
      pointRadius: few ? 4 : 0,
      pointHitRadius: 10,
    });
    const sets = [line("train", data.train[name], colour("--train"))];
    if (data.validation[name]) {
      sets.push(line("validation", data.validation[name], colour("--validation")));
    }
    const y = axis("");
    // The first epochs are far from the rest and would flatten it.
    const settled = sets
      .flatMap((set) => set.data.slice(Math.floor(set.data.length / 8)))
      .filter((value) => value !== null);
    const low = Math.min(...settled);
    const high = Math.max(...settled);
    const margin = Math.max(0.5, 0.08 * (high - low));
    y.min = Math.floor(low - margin);
    y.max = Math.ceil(high + margin);
    y.ticks = { includeBounds: false };
    make(id, {
      type: "line",
      data: { labels: data.epochs, datasets: sets },
      options: {
        animation: false,
        maintainAspectRatio: false,
        interaction: { mode: "index", intersect: false },
        scales: { x: Object.assign(axis("epoch"), { ticks: { maxTicksLimit: 8 } }), y: y },
        plugins: { legend: { labels: { boxWidth: 14, boxHeight: 2 } } },
      },
    });
  }

  function scatter() {
    const s = data.scatter;
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    make("chart-scatter", {
      type: "scatter",
      data: {
        datasets: s.classes.map((name, i) => ({
          label: name,
          data: s.points[i].map((p) => ({ x: p[0], y: p[1] })),
          backgroundColor: classColours[i % classColours.length] + (dark ? "e0" : "c8"),
          pointRadius: 2.4,
          pointHoverRadius: 5,
        })),
      },
      options: {
        animation: false,
        maintainAspectRatio: false,
        scales: {
          x: Object.assign(axis(s.xTitle), { grace: "2%" }),
          y: Object.assign(axis(s.yTitle), { grace: "2%" }),
        },
        plugins: {
          legend: { labels: { boxWidth: 9, boxHeight: 9, usePointStyle: true, padding: 9 } },
          tooltip: {
            callbacks: {
              label: (item) =>
                item.dataset.label + " (" + item.parsed.x.toFixed(2) + ", " + item.parsed.y.toFixed(2) + ")",
            },
          },
        },
      },
    });
  }

  function dims() {
    make("chart-dims", {
      type: "bar",
      data: {
        labels: data.dims.map((d) => d[0]),
        datasets: [{ data: data.dims.map((d) => d[1]), backgroundColor: colour("--train"), maxBarThickness: 60 }],
      },
      options: {
        animation: false,
        maintainAspectRatio: false,
        scales: {
          x: Object.assign(axis("latent dimension"), {
            grid: { display: false },
            // Sorted by what they carry: a name left out could not be guessed.
            ticks: { autoSkip: data.dims.length > 32, maxRotation: 90, font: { size: 11 } },
          }),
          y: Object.assign(axis("nats"), { beginAtZero: true }),
        },
        plugins: {
          legend: { display: false },
          tooltip: {
            callbacks: {
              title: (items) => "dimension " + items[0].label,
              label: (item) => item.parsed.y.toFixed(3) + " nats",
            },
          },
        },
      },
    });
  }

  function draw() {
    charts.forEach((chart) => chart.destroy());
    charts = [];
    Chart.defaults.color = colour("--soft");
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    curve("chart-elbo", "elbo");
    curve("chart-reconstruction", "reconstruction");
    curve("chart-kl", "kl");
    scatter();
    dims();
  }

  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  draw();
})();
