package dev.elbo.examples;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.conditions.ArchConditions.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;

/**
 * What the design asks of all modules together. It stands here because this module is built last
 * and sees every other one. A rule's reason says what to do instead.
 */
@AnalyzeClasses(packages = "dev.elbo", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {

  private static final List<String> MODULES =
      List.of("tensor", "data", "nn", "vae", "linear", "cli", "bench", "examples");

  /** Who may look into {@code dev.elbo.tensor.internal}, beside tensor. Never nn. */
  private static final String[] SEES_TENSOR_INTERNALS = {
    "dev.elbo.bench..", // gemm times the kernels themselves
    "dev.elbo.linear.internal..", // its inner products are kernels, and all these are in tensor
  };

  /** Fit shows its progress on standard output unless told otherwise, as Keras does. */
  private static final String PRINTS_PROGRESS = "dev.elbo.nn.StandardOutput";

  /** Who may write to the console. A library reports through what its caller hands it. */
  private static final String[] MAY_PRINT = {
    "dev.elbo.cli..", "dev.elbo.bench..", "dev.elbo.examples.."
  };

  private static final Pattern LOCALE_USERS =
      Pattern.compile(
          "java\\.lang\\.String\\.(formatted\\(.*|format\\(java\\.lang\\.String,.*|to(Low|Upp)erCase\\(\\))"
              + "|java\\.io\\.(PrintStream|PrintWriter|Console)\\.(printf|format)\\(java\\.lang\\.String,.*"
              + "|java\\.util\\.Formatter\\.<init>\\((|java\\.lang\\.Appendable)\\)"
              + "|java\\.text\\.DecimalFormat\\.<init>\\(.*"
              + "|java\\.text\\.NumberFormat\\.get\\w*Instance\\(\\)"
              + "|java\\.time\\.format\\.DateTimeFormatter\\.ofPattern\\(java\\.lang\\.String\\)");

  private static final String KERNELS = "dev.elbo.tensor.internal.kernel..";
  private static final String VECTOR_KERNELS = "dev.elbo.tensor.internal.kernel.vector..";
  private static final String CSV_PARSER = "dev.elbo.data.CsvParser";
  private static final String VECTOR_API = "jdk.incubator.vector";

  /** Takes the default locale without a word; an overload takes one. */
  private static final DescribedPredicate<JavaAccess<?>> USES_DEFAULT_LOCALE =
      describe(
          "the target formats or folds text in the default locale",
          access ->
              access.getTarget() instanceof CodeUnitAccessTarget code
                  && LOCALE_USERS.matcher(code.getFullName()).matches());

  private ArchitectureTest() {}

  @ArchTest
  static void everyModuleIsLookedAt(JavaClasses classes) {
    for (String module : MODULES) {
      assertThat(classes)
          .as("classes of module %s on the class path of this test", module)
          .anyMatch(type -> type.getPackageName().startsWith("dev.elbo." + module));
    }
  }

  @ArchTest
  static final ArchRule moduleArrows =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("dev.elbo..")
          .layer("tensor")
          .definedBy("dev.elbo.tensor..")
          .layer("data")
          .definedBy("dev.elbo.data..")
          .layer("nn")
          .definedBy("dev.elbo.nn..")
          .layer("vae")
          .definedBy("dev.elbo.vae..")
          .layer("linear")
          .definedBy("dev.elbo.linear..")
          .layer("cli")
          .definedBy("dev.elbo.cli..")
          .layer("bench")
          .definedBy("dev.elbo.bench..")
          .layer("examples")
          .definedBy("dev.elbo.examples..")
          .whereLayer("tensor")
          .mayNotAccessAnyLayer()
          .whereLayer("data")
          .mayOnlyAccessLayers("tensor")
          .whereLayer("nn")
          .mayOnlyAccessLayers("tensor", "data")
          .whereLayer("vae")
          .mayOnlyAccessLayers("tensor", "data", "nn")
          .whereLayer("linear")
          .mayOnlyAccessLayers("tensor", "data")
          .whereLayer("cli")
          .mayOnlyAccessLayers("tensor", "data", "nn", "vae", "linear")
          .whereLayer("bench")
          .mayOnlyAccessLayers("tensor", "data", "nn", "vae", "linear")
          .whereLayer("examples")
          .mayOnlyAccessLayers("tensor", "data", "nn", "vae", "linear")
          .because("arrows between modules point one way; move what is shared to the lower module");

  @ArchTest
  static final ArchRule onlyVectorKernelsUseTheVectorApi =
      noClasses()
          .that()
          .resideOutsideOfPackage(VECTOR_KERNELS)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(VECTOR_API + "..")
          .because(
              "the module is absent unless asked for, and any other class that names it would fail"
                  + " to load; put the loop behind a kernel interface in "
                  + VECTOR_KERNELS);

  @ArchTest
  static final ArchRule oneClassKnowsTheCsvParser =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(CSV_PARSER)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("de.siegmar.fastcsv..")
          .because("the parser can then be exchanged; read tables with dev.elbo.data.Csv");

  @ArchTest
  static final ArchRule tensorInternalsStayInTensor =
      noClasses()
          .that(
              resideInAnyPackage("dev.elbo..")
                  .and(not(resideInAnyPackage("dev.elbo.tensor..")))
                  .and(not(resideInAnyPackage(SEES_TENSOR_INTERNALS))))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.elbo.tensor.internal..")
          .because(
              "dev.elbo.tensor.internal promises nothing; use dev.elbo.tensor, or offer there what is"
                  + " missing");

  @ArchTest
  static final ArchRule kernelsHaveTheirOwnMathematics =
      noClasses()
          .that()
          .resideInAPackage(KERNELS)
          .should()
          .accessTargetWhere(
              targetOwner(assignableTo(Math.class))
                  .and(
                      target(
                          nameMatching(
                              "exp|expm1|log|log1p|log10|pow|cbrt|hypot|sinh?|cosh?|tanh?"
                                  + "|asin|acos|atan2?"))))
          .orShould()
          .accessClassesThat()
          .areAssignableTo(StrictMath.class)
          .orShould()
          .accessTargetWhere(
              targetOwner(name(VECTOR_API + ".VectorOperators"))
                  .and(
                      target(
                          nameMatching(
                              "EXP|EXPM1|LOG|LOG1P|LOG10|POW|CBRT|HYPOT|SINH?|COSH?|TANH?"
                                  + "|ASIN|ACOS|ATAN2?"))))
          .allowEmptyShould(true)
          .because(
              "these differ from machine to machine in the last bit; use the polynomials over fused"
                  + " multiply-add in "
                  + KERNELS);

  @ArchTest
  static final ArchRule floatVectorsHaveOneLength =
      noClasses()
          .that()
          .resideInAPackage(VECTOR_KERNELS)
          .should()
          .accessTargetWhere(
              targetOwner(name(VECTOR_API + ".FloatVector"))
                  .and(target(nameMatching("SPECIES_(64|128|256|512|MAX|PREFERRED)"))))
          .because(
              "where FloatVector's methods have met two lengths, C2 may keep vectors as objects in"
                  + " whatever kernel it compiles next; use Species.FLOATS, with a mask or"
                  + " overlapping stores");

  @ArchTest
  static final ArchRule kernelsSumInAFixedOrder =
      classes()
          .that()
          .resideInAPackage(KERNELS)
          .should(not(reduceFloatLanes()))
          .allowEmptyShould(true)
          .because(
              "the order of reduceLanes(ADD | MUL) on floats is not specified; sum over the 64 virtual"
                  + " lanes and the fixed tree");

  @ArchTest
  static final ArchRule randomNumbersAreCounted =
      noClasses()
          .that()
          .haveNameNotMatching("dev\\.elbo\\.tensor\\.Random(\\$.*)?") // draws the seed nobody gave
          .should()
          .dependOnClassesThat()
          .areAssignableTo(RandomGenerator.class)
          .orShould()
          .callMethod(Math.class, "random")
          .orShould()
          .callMethod(Collections.class, "shuffle", List.class)
          .because("the same seed gives the same numbers; draw from Elbo's own Philox streams");

  @ArchTest
  static final ArchRule librariesDoNotPrint =
      noClasses()
          .that()
          .resideOutsideOfPackages(MAY_PRINT)
          .and()
          .doNotHaveFullyQualifiedName(PRINTS_PROGRESS)
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .orShould()
          .callMethod(Throwable.class, "printStackTrace")
          .because("a library writes to what its caller hands it, or to System.Logger");

  @ArchTest
  static final ArchRule textIsTheSameInEveryCountry =
      noClasses()
          .should()
          .accessTargetWhere(USES_DEFAULT_LOCALE)
          .because(
              "commas, digits and letters differ from country to country; use String.format or printf"
                  + " with Locale.ROOT, or join the text with +");

  @ArchTest
  static final ArchRule staticFieldsAreFinal =
      fields()
          .that()
          .areStatic()
          .should()
          .beFinal()
          .allowEmptyShould(true)
          .because("there is no mutable static state; keep it in an object that is passed along");

  @ArchTest
  static final ArchRule noNativeCode =
      methods()
          .should()
          .notHaveModifier(JavaModifier.NATIVE)
          .because("Elbo is pure Java: it runs from one jar on every machine");

  @ArchTest
  static final ArchRule nothingIsLinkedFromOutside =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.lang.foreign.Linker")
          .orShould()
          .accessTargetWhere(
              targetOwner(assignableTo(System.class).or(assignableTo(Runtime.class)))
                  .and(target(nameMatching("load|loadLibrary"))))
          .because("Elbo is pure Java: it runs from one jar on every machine");

  @ArchTest
  static final ArchRule everyPackageIsNullMarked =
      classes()
          .should(resideInANullMarkedPackage())
          .because(
              "NullAway looks at marked packages only; add a package-info.java with @NullMarked");

  private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
    return new ArchCondition<>("reside in a package whose package-info.java has @NullMarked") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean marked =
            type.getPackage()
                .tryGetPackageInfo()
                .filter(info -> info.isAnnotatedWith(NullMarked.class))
                .isPresent();
        events.add(
            new SimpleConditionEvent(
                type, marked, type.getDescription() + " in " + type.getPackageName()));
      }
    };
  }

  private static ArchCondition<JavaClass> reduceFloatLanes() {
    return new ArchCondition<>("call reduceLanes(ADD | MUL) of FloatVector or DoubleVector") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        for (JavaCodeUnit code : type.getCodeUnits()) {
          events.add(
              new SimpleConditionEvent(
                  code, reducesFloats(code) && namesSum(code), code.getDescription()));
        }
      }
    };
  }

  private static boolean reducesFloats(JavaCodeUnit code) {
    return code.getMethodCallsFromSelf().stream()
        .filter(call -> call.getTarget().getName().equals("reduceLanes"))
        .map(call -> call.getTargetOwner().getName())
        .anyMatch(owner ->
            owner.equals(VECTOR_API + ".FloatVector")
                || owner.equals(VECTOR_API + ".DoubleVector"));
  }

  private static boolean namesSum(JavaCodeUnit code) {
    return code.getFieldAccesses().stream()
        .filter(access -> access.getTargetOwner().getName().equals(VECTOR_API + ".VectorOperators"))
        .map(access -> access.getTarget().getName())
        .anyMatch(operator -> operator.equals("ADD") || operator.equals("MUL"));
  }
}
