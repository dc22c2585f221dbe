(function () {
  "use strict";
  // JSON has no word for numbers that are not finite: charts leave out null.
  const data = JSON.parse(document.getElementById("data").textContent, (key, value) =>
    value === "NaN" || value === "Infinity" || value === "-Infinity" ? null : value,
  );
  const colours = [
    "#4e79a7", "#f28e2b", "#e15759", "#35a79c", "#59a14f",
    "#c9a400", "#b07aa1", "#ff8fa3", "#9c755f", "#6aa9f2",
  ];
  let charts = [];

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  function brief(value) {
    return Number(value.toPrecision(4)).toString();
  }

  // A line at the alpha that was chosen.
  const chosen = {
    id: "chosen",
    afterDatasetsDraw(chart) {
      const x = chart.scales.x.getPixelForValue(data.chosen);
      if (data.alphas.length < 2 || !(data.chosen > 0)) {
        return;
      }
      const area = chart.chartArea;
      const context = chart.ctx;
      context.save();
      context.strokeStyle = colour("--ink");
      context.setLineDash([5, 4]);
      context.lineWidth = 1.4;
      context.beginPath();
      context.moveTo(x, area.top);
      context.lineTo(x, area.bottom);
      context.stroke();
      context.fillStyle = colour("--ink");
      const left = x > (area.left + area.right) / 2;
      context.textAlign = left ? "right" : "left";
      context.fillText("alpha " + brief(data.chosen), x + (left ? -6 : 6), area.top + 12);
      context.restore();
    },
  };

  function axis(title) {
    return {
      title: { display: true, text: title },
      grid: { color: colour("--grid") },
      border: { color: colour("--line") },
    };
  }

  function alphaAxis() {
    return Object.assign(axis("alpha"), {
      type: data.alphas.length > 1 ? "logarithmic" : "linear",
      ticks: {
        maxRotation: 0,
        autoSkipPadding: 14,
        callback: (value) => {
          const power = Math.log10(value);
          const mantissa = value / Math.pow(10, Math.floor(power + 1e-9));
          const wide = data.alphas.at(-1) / data.alphas[0] > 1e4;
          return Math.abs(mantissa - 1) < 1e-6 || (!wide && Math.abs(mantissa - 3) < 1e-6) ? brief(value) : "";
        },
      },
    });
  }

  function points(values) {
    return values.map((value, i) => ({ x: data.alphas[i], y: value }));
  }

  const few = data.alphas.length < 3;

  function path() {
    // Drawn from the last to the first, so that the largest lie on top.
    const sets = data.curves.map((curve, i) => ({
      label: curve.name,
      data: points(curve.values),
      borderColor: i < data.named ? colours[i] : colour("--line"),
      backgroundColor: i < data.named ? colours[i] : colour("--line"),
      borderWidth: i < data.named ? 2 : 1,
      order: i,
      pointRadius: few ? 4 : 0,
      pointHitRadius: 8,
    }));
    charts.push(
      new Chart(document.getElementById("chart-path"), {
        type: "line",
        data: { datasets: sets },
        plugins: [chosen],
        options: {
          animation: false,
          maintainAspectRatio: false,
          interaction: { mode: "nearest", intersect: false },
          scales: { x: alphaAxis(), y: axis("change for one deviation") },
          plugins: {
            legend: {
              labels: {
                boxWidth: 14,
                boxHeight: 2,
                filter: (item) => item.datasetIndex < data.named,
              },
            },
            tooltip: {
              callbacks: {
                title: (items) => "alpha " + brief(items[0].parsed.x),
                label: (item) => item.dataset.label + ": " + brief(item.parsed.y),
              },
            },
          },
        },
      }),
    );
  }

  function error() {
    const tint = colour("--train");
    const band = (sign, fill) => ({
      label: "",
      data: points(data.errors.map((value, i) => (value === null ? null : value + sign * (data.spreads[i] ?? 0)))),
      borderWidth: 0,
      pointRadius: 0,
      pointHitRadius: 0,
      backgroundColor: tint + "33",
      fill: fill,
    });
    charts.push(
      new Chart(document.getElementById("chart-error"), {
        type: "line",
        data: {
          datasets: [
            {
              label: "mean of the folds",
              data: points(data.errors),
              borderColor: tint,
              backgroundColor: tint,
              borderWidth: 2,
              pointRadius: few ? 4 : 0,
              pointHitRadius: 10,
            },
            band(-1, false),
            band(1, "-1"),
          ],
        },
        plugins: [chosen],
        options: {
          animation: false,
          maintainAspectRatio: false,
          interaction: { mode: "nearest", axis: "x", intersect: false },
          scales: { x: alphaAxis(), y: axis(data.errorName) },
          plugins: {
            legend: { display: false },
            tooltip: {
              filter: (item) => item.datasetIndex === 0,
              callbacks: {
                title: (items) => "alpha " + brief(items[0].parsed.x),
                label: (item) =>
                  "error " + brief(item.parsed.y) + " \u00b1 " + brief(data.spreads[item.dataIndex] ?? 0) +
                  ", " + data.counts[item.dataIndex] + " features",
              },
            },
          },
        },
      }),
    );
  }

  function draw() {
    charts.forEach((chart) => chart.destroy());
    charts = [];
    Chart.defaults.color = colour("--soft");
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    path();
    error();
  }

  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  draw();
})();
