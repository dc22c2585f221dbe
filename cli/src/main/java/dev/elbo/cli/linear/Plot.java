package dev.elbo.cli.linear;

import dev.elbo.nn.internal.AtomicFile;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGraphics2D;
import org.knowm.xchart.XYChart;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** A chart that becomes a file, 900 by 560. Needs no screen, but fonts. */
public final class Plot {
  /** Pixels of a PNG a unit of the chart. */
  private static final int SCALE = 2;

  private final XYChart chart;

  Plot(XYChart chart) {
    this.chart = chart;
  }

  /** Java reaches for fonts only when it draws, and fails in its own ways where there are none. */
  static boolean hasFonts() {
    try {
      FontRenderContext context = new FontRenderContext(null, true, true);
      Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
      return new TextLayout("alpha", font, context).getAdvance() > 0;
    } catch (RuntimeException | InternalError | NoClassDefFoundError noFonts) {
      return false;
    }
  }

  /**
   * Writes a PNG of twice the size.
   *
   * @throws UncheckedIOException if the file cannot be written; an older one is still there
   */
  public void savePng(Path file) {
    write(file, png());
  }

  /**
   * Writes an SVG.
   *
   * @throws UncheckedIOException if the file cannot be written; an older one is still there
   */
  public void saveSvg(Path file) {
    write(file, svg());
  }

  private static void write(Path file, byte[] bytes) {
    try {
      AtomicFile.write(file, out -> out.write(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": the plot cannot be written", e);
    }
  }

  byte[] png() {
    int width = chart.getWidth();
    int height = chart.getHeight();
    BufferedImage image =
        new BufferedImage(SCALE * width, SCALE * height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.scale(SCALE, SCALE);
    chart.paint(graphics, width, height);
    graphics.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      if (!ImageIO.write(image, "png", out)) {
        throw new IOException("this JDK cannot write PNG");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("plot: cannot encode a picture", e);
    }
    return bytes.toByteArray();
  }

  byte[] svg() {
    SVGGraphics2D graphics = new SVGGraphics2D(document());
    graphics.setSVGCanvasSize(new Dimension(chart.getWidth(), chart.getHeight()));
    chart.paint(graphics, chart.getWidth(), chart.getHeight());
    Element root = graphics.getRoot();
    root.setAttribute("viewBox", "0 0 " + chart.getWidth() + " " + chart.getHeight());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Writer out = new OutputStreamWriter(bytes, StandardCharsets.UTF_8)) {
      graphics.stream(root, out);
    } catch (IOException e) {
      throw new UncheckedIOException("plot: cannot encode a drawing", e);
    }
    return bytes.toByteArray();
  }

  private static Document document() {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .getDOMImplementation()
          .createDocument("http://www.w3.org/2000/svg", "svg", null);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("every Java platform has XML", e);
    }
  }
}
