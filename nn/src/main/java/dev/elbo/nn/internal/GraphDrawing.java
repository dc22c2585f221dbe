package dev.elbo.nn.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Boxes and arrows as SVG, from top to bottom. */
public final class GraphDrawing {
  /** What a box stands for, which sets its colour. */
  public enum Kind {
    /** Where data enters. */
    INPUT("#667085"),
    /** A layer with weights. */
    WEIGHTS("#1f6feb"),
    /** A layer without weights. */
    PLAIN("#8a6d1d"),
    /** A model inside a model. */
    MODEL("#7a3ea8");

    private final String colour;

    Kind(String colour) {
      this.colour = colour;
    }
  }

  /**
   * One box.
   *
   * @param kind what it stands for
   * @param name its heading
   * @param type what stands beside the heading
   * @param shapes the line below
   * @param size a line below that, or empty
   */
  public record Box(Kind kind, String name, String type, String shapes, String size) {
    private double width() {
      double head = 7.6 * name.length() + 6.6 * type.length() + 14;
      return Math.max(head, Math.max(7.3 * shapes.length(), 6.6 * size.length())) + 34;
    }
  }

  /** A point on the way of an arrow, or a box. */
  private static final class Place {
    private final double width;
    private final List<Place> above = new ArrayList<>();
    private final List<Place> below = new ArrayList<>();
    private double x;

    Place(double width) {
      this.width = width;
    }

    double wanted(boolean downwards) {
      List<Place> neighbours = downwards ? above : below;
      return neighbours.stream().mapToDouble(place -> place.x).average().orElse(x);
    }
  }

  private record Arrow(List<Place> way, boolean drawn) {}

  private static final double HEIGHT = 64;
  private static final double ROW = 108;
  private static final double GAP = 28;
  private static final double MARGIN = 16;
  private static final int SWEEPS = 12;

  private final List<Box> boxes = new ArrayList<>();
  private final List<List<Integer>> sources = new ArrayList<>();
  private final List<Integer> rows = new ArrayList<>();
  private boolean arrows = true;

  /** Adds a box, after all that it is connected from, and returns its number. */
  public int add(Box box) {
    boxes.add(box);
    sources.add(new ArrayList<>());
    rows.add(0);
    return boxes.size() - 1;
  }

  /** Adds an arrow. */
  public void connect(int from, int to) {
    if (from != to) {
      sources.get(to).add(from);
      rows.set(to, Math.max(rows.get(to), rows.get(from) + 1));
    }
  }

  /** Puts one box below another, with arrows everywhere or nowhere. */
  public void stack(int upper, int lower, boolean connected) {
    connect(upper, lower);
    arrows = connected;
  }

  /** The drawing, as wide as it needs and at most as wide as the page. */
  public String svg(String title) {
    List<Place> places = boxes.stream().map(box -> new Place(box.width())).toList();
    List<List<Place>> levels = new ArrayList<>();
    for (int row = 0; row <= rows.stream().mapToInt(Integer::intValue).max().orElse(0); row++) {
      levels.add(new ArrayList<>());
    }
    for (int box = 0; box < places.size(); box++) {
      levels.get(rows.get(box)).add(places.get(box));
    }
    List<Arrow> ways = new ArrayList<>();
    for (int box = 0; box < places.size(); box++) {
      for (int source : sources.get(box)) {
        ways.add(new Arrow(way(source, box, places, levels), arrows));
      }
    }
    arrange(levels);
    double left = Double.MAX_VALUE;
    double right = -Double.MAX_VALUE;
    for (List<Place> level : levels) {
      for (Place place : level) {
        left = Math.min(left, place.x - place.width / 2);
        right = Math.max(right, place.x + place.width / 2);
      }
    }
    return draw(title, places, ways, left - MARGIN, right + MARGIN, levels.size());
  }

  /** An arrow over several rows passes through a free place in each. */
  private List<Place> way(int from, int to, List<Place> places, List<List<Place>> levels) {
    List<Place> way = new ArrayList<>();
    way.add(places.get(from));
    for (int row = rows.get(from) + 1; row < rows.get(to); row++) {
      Place bend = new Place(GAP);
      levels.get(row).add(bend);
      way.add(bend);
    }
    way.add(places.get(to));
    for (int i = 1; i < way.size(); i++) {
      way.get(i - 1).below.add(way.get(i));
      way.get(i).above.add(way.get(i - 1));
    }
    return way;
  }

  /** Orders each row by its neighbours, then pulls each place to the middle of them. */
  private static void arrange(List<List<Place>> levels) {
    levels.forEach(level -> spread(level, false, true));
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      boolean downwards = sweep % 2 == 0;
      for (int i = 0; i < levels.size(); i++) {
        List<Place> level = levels.get(downwards ? i : levels.size() - 1 - i);
        if (sweep < SWEEPS / 2) {
          level.sort((a, b) -> Double.compare(a.wanted(downwards), b.wanted(downwards)));
        }
        spread(level, downwards, false);
      }
    }
  }

  /**
   * Places a row: each as near as can be to where it wants to be, without overlaps and in the order
   * of the row. Neighbours that want the same place share it around their middle.
   */
  private static void spread(List<Place> level, boolean downwards, boolean first) {
    List<double[]> groups = new ArrayList<>(); // sum of wishes, members, width so far
    double[] offsets = new double[level.size()];
    for (int i = 0; i < level.size(); i++) {
      Place place = level.get(i);
      double step = i == 0 ? 0 : (level.get(i - 1).width + place.width) / 2 + GAP;
      offsets[i] = i == 0 ? 0 : offsets[i - 1] + step;
      double wish = (first ? 0 : place.wanted(downwards)) - offsets[i];
      groups.add(new double[] {wish, 1});
      while (groups.size() > 1 && mean(groups.getLast()) < mean(groups.get(groups.size() - 2))) {
        double[] last = groups.removeLast();
        groups.getLast()[0] += last[0];
        groups.getLast()[1] += last[1];
      }
    }
    int at = 0;
    for (double[] group : groups) {
      for (int member = 0; member < group[1]; member++, at++) {
        level.get(at).x = mean(group) + offsets[at];
      }
    }
  }

  private static double mean(double[] group) {
    return group[0] / group[1];
  }

  // ---- SVG --------------------------------------------------------------------------------------

  private String draw(
      String title, List<Place> places, List<Arrow> ways, double left, double right, int levels) {
    double width = right - left;
    double height = 2 * MARGIN + (levels - 1) * ROW + HEIGHT;
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$.0f %2$.0f" width="%1$.0f" \
            style="max-width:100%%;height:auto;background:#fff" role="img" \
            font-family="system-ui,sans-serif" font-size="13">
            <title>%3$s</title>
            <defs><marker id="end" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" \
            markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8z" fill="#667085"/></marker></defs>
            """,
            width,
            height,
            escape(title)));
    for (Arrow arrow : ways) {
      if (arrow.drawn()) {
        svg.append(path(arrow.way(), places, left));
      }
    }
    for (int i = 0; i < places.size(); i++) {
      svg.append(box(boxes.get(i), places.get(i).x - left, top(rows.get(i)), places.get(i).width));
    }
    return svg.append("</svg>\n").toString();
  }

  private static double top(int row) {
    return MARGIN + row * ROW;
  }

  private String path(List<Place> way, List<Place> places, double left) {
    int row = rows.get(places.indexOf(way.getFirst()));
    StringBuilder path = new StringBuilder();
    double x = way.getFirst().x - left;
    double y = top(row) + HEIGHT;
    path.append(String.format(Locale.ROOT, "<path d=\"M%.1f %.1f", x, y));
    for (int i = 1; i < way.size(); i++) {
      double nextX = way.get(i).x - left;
      double nextY = top(row + i);
      double middle = (y + nextY) / 2;
      path.append(
          String.format(
              Locale.ROOT,
              "C%.1f %.1f %.1f %.1f %.1f %.1f",
              x,
              middle,
              nextX,
              middle,
              nextX,
              nextY));
      if (i < way.size() - 1) {
        path.append(String.format(Locale.ROOT, "V%.1f", nextY + HEIGHT));
      }
      x = nextX;
      y = nextY + HEIGHT;
    }
    return path.append(
            "\" fill=\"none\" stroke=\"#667085\" stroke-width=\"1.5\" marker-end=\"url(#end)\"/>\n")
        .toString();
  }

  private static String box(Box box, double x, double top, double width) {
    double left = x - width / 2;
    double first = box.size().isEmpty() ? top + 28 : top + 20;
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            """
            <g><rect x="%1$.1f" y="%2$.1f" width="%3$.1f" height="%4$.0f" rx="8" fill="#fff" \
            stroke="%5$s" stroke-width="1.5"/>\
            <rect x="%1$.1f" y="%2$.1f" width="7" height="%4$.0f" rx="3.5" fill="%5$s"/>\
            <text x="%6$.1f" y="%7$.1f" font-weight="600" fill="#101828">%8$s\
            <tspan dx="8" font-weight="400" fill="%5$s">%9$s</tspan></text>\
            <text x="%6$.1f" y="%10$.1f" font-family="ui-monospace,monospace" font-size="12" \
            fill="#344054">%11$s</text>\
            """,
            left,
            top,
            width,
            HEIGHT,
            box.kind().colour,
            left + 18,
            first,
            escape(box.name()),
            escape(box.type()),
            first + 18,
            escape(box.shapes())));
    if (!box.size().isEmpty()) {
      text.append(
          String.format(
              Locale.ROOT,
              "<text x=\"%.1f\" y=\"%.1f\" font-size=\"12\" fill=\"#475467\">%s</text>",
              left + 18,
              first + 35,
              escape(box.size())));
    }
    return text.append("</g>\n").toString();
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
