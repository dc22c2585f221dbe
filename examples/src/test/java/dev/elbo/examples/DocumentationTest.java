package dev.elbo.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is public is documented: each type and member that another module can see has a comment, and
 * a record's names each component. Javac's own {@code -Xdoclint:missing} would ask for a
 * {@code @return} beside each sentence that says the same.
 */
class DocumentationTest {

  @ParameterizedTest
  @ValueSource(strings = {"nn", "vae", "linear"})
  void everyPublicMemberHasAComment(String module) throws IOException {
    assertThat(missing(sources(module))).as("without a comment").isEmpty();
  }

  @Test
  void whatHasNoCommentIsFound() {
    String source =
        """
        package a;
        /**
         * A record.
         * @param x a number
         */
        public record R(int x, int y) {
          public R {}
          public static final int ONE = 1;
          public int sum() { return x + y; }
          @Override public String toString() { return ""; }
          int hidden() { return 0; }
          public interface Shape { double area(); }
          /** Colours. */
          public enum Colour { RED }
        }
        """;

    assertThat(missing(List.of(file("R.java", source))))
        .containsExactlyInAnyOrder(
            "R: @param y", "R.ONE", "R.sum", "R.Shape", "R.Shape.area", "R.Colour.RED");
  }

  private static List<JavaFileObject> sources(String module) throws IOException {
    Path root =
        Path.of(System.getProperty("basedir", "."))
            .resolve("../" + module + "/src/main/java")
            .normalize();
    List<JavaFileObject> sources = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path path : files.filter(DocumentationTest::isPromised).sorted().toList()) {
        sources.add(file(path.getFileName().toString(), Files.readString(path)));
      }
    }
    assertThat(sources).as("sources of %s", module).isNotEmpty();
    return sources;
  }

  private static boolean isPromised(Path path) {
    return path.toString().endsWith(".java") && !path.getParent().endsWith("internal");
  }

  private static JavaFileObject file(String name, String source) {
    return new SimpleJavaFileObject(URI.create("string:///" + name), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return source;
      }
    };
  }

  private static List<String> missing(List<JavaFileObject> sources) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    JavacTask task = (JavacTask) compiler.getTask(null, null, null, null, null, sources);
    Scanner scanner = new Scanner(DocTrees.instance(task));
    try {
      for (CompilationUnitTree unit : task.parse()) {
        scanner.scan(unit, null);
      }
    } catch (IOException e) {
      throw new AssertionError("the sources are in memory", e);
    }
    return scanner.missing;
  }

  /** Goes through the types and members that other modules see. */
  private static final class Scanner extends TreePathScanner<Void, Void> {
    private final DocTrees trees;
    private final List<String> missing = new ArrayList<>();

    Scanner(DocTrees trees) {
      this.trees = trees;
    }

    @Override
    public Void visitClass(ClassTree type, Void nothing) {
      if (!isVisible(type.getModifiers())) {
        return null;
      }
      require(name());
      if (type.getKind() == Tree.Kind.RECORD) {
        requireComponents(type);
      }
      return super.visitClass(type, nothing);
    }

    @Override
    public Void visitMethod(MethodTree method, Void nothing) {
      boolean overrides =
          method.getModifiers().getAnnotations().stream()
              .anyMatch(annotation -> annotation.getAnnotationType().toString().equals("Override"));
      // A record's constructor says nothing that its components do not.
      boolean ofRecord =
          method.getReturnType() == null && enclosing().getKind() == Tree.Kind.RECORD;
      if (isVisible(method.getModifiers()) && !overrides && !ofRecord) {
        require(name());
      }
      return null;
    }

    @Override
    public Void visitVariable(VariableTree variable, Void nothing) {
      if (isVisible(variable.getModifiers())) {
        require(name());
      }
      return null;
    }

    private ClassTree enclosing() {
      return (ClassTree) getCurrentPath().getParentPath().getLeaf();
    }

    private boolean isVisible(ModifiersTree modifiers) {
      Set<Modifier> flags = modifiers.getFlags();
      boolean inInterface =
          getCurrentPath().getParentPath().getLeaf() instanceof ClassTree type
              && type.getKind() == Tree.Kind.INTERFACE
              && !flags.contains(Modifier.PRIVATE);
      return inInterface || flags.contains(Modifier.PUBLIC) || flags.contains(Modifier.PROTECTED);
    }

    private void require(String name) {
      if (trees.getDocComment(getCurrentPath()) == null) {
        missing.add(name);
      }
    }

    private void requireComponents(ClassTree type) {
      DocCommentTree comment = trees.getDocCommentTree(getCurrentPath());
      Set<String> named =
          comment == null
              ? Set.of()
              : comment.getBlockTags().stream()
                  .filter(ParamTree.class::isInstance)
                  .map(tag -> ((ParamTree) tag).getName().toString())
                  .collect(Collectors.toSet());
      for (Tree member : type.getMembers()) {
        if (member instanceof VariableTree component
            && !component.getModifiers().getFlags().contains(Modifier.STATIC)
            && !named.contains(component.getName().toString())) {
          missing.add(name() + ": @param " + component.getName());
        }
      }
    }

    private String name() {
      StringBuilder name = new StringBuilder();
      for (TreePath path = getCurrentPath(); path != null; path = path.getParentPath()) {
        String part =
            switch (path.getLeaf()) {
              case ClassTree type -> type.getSimpleName().toString();
              case MethodTree method -> method.getName().toString();
              case VariableTree variable -> variable.getName().toString();
              default -> "";
            };
        if (!part.isEmpty()) {
          name.insert(0, name.isEmpty() ? part : part + ".");
        }
      }
      return name.toString();
    }
  }
}
