package dev.modgate.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// Who may depend on whom. `gomod` ← `pipeline` ← `start` ← services ← `standalone` ← command line.
@AnalyzeClasses(packages = "dev.modgate", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String[] SERVICES = {
    "dev.modgate.watcher..",
    "dev.modgate.fetcher..",
    "dev.modgate.verifier..",
    "dev.modgate.publisher..",
    "dev.modgate.gateway.."
  };

  @ArchTest
  static final ArchRule gomodSeesTheJdkAndJSpecifyOnly =
      classes()
          .that()
          .resideInAPackage("dev.modgate.gomod..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("dev.modgate.gomod..", "java..", "org.jspecify.annotations..");

  @ArchTest
  static final ArchRule pipelineSeesNoSpringAndNoService =
      noClasses()
          .that()
          .resideInAPackage("dev.modgate.pipeline..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.springframework..", "dev.modgate.broker..", "dev.modgate.start..")
          .orShould()
          .dependOnClassesThat()
          .resideInAnyPackage(SERVICES);

  @ArchTest
  static final ArchRule startSeesThePipelineAndNoService =
      noClasses()
          .that()
          .resideInAPackage("dev.modgate.start..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(SERVICES)
          .orShould()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.modgate.broker..", "dev.modgate.standalone..", "dev.modgate.cli..");

  @ArchTest
  static final ArchRule noServiceDependsOnAnother =
      slices()
          .matching("dev.modgate.(watcher|fetcher|verifier|publisher|gateway)..")
          .should()
          .notDependOnEachOther();

  @ArchTest
  static final ArchRule servicesKnowNeitherStandaloneNorTheBrokerInside =
      noClasses()
          .that()
          .resideInAnyPackage(SERVICES)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.modgate.standalone..", "dev.modgate.cli..", "dev.modgate.broker..");

  @ArchTest
  static final ArchRule gatewayKnowsNoKafkaAndNoDatabase =
      noClasses()
          .that()
          .resideInAPackage("dev.modgate.gateway..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka..", "java.sql..", "dev.modgate.pipeline.stage..");

  @ArchTest
  static final ArchRule onlyThePublisherWritesToTheZoneStore =
      noClasses()
          .that()
          .resideInAPackage("dev.modgate.gateway..")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(dev.modgate.pipeline.store.ObjectStore.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(dev.modgate.pipeline.store.ObjectWriter.class);

  @ArchTest
  static final ArchRule theCommandLineTalksThroughTheApi =
      noClasses()
          .that()
          .resideInAPackage("dev.modgate.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(SERVICES)
          .orShould()
          .dependOnClassesThat()
          .resideInAPackage("dev.modgate.pipeline..");

  @ArchTest
  static final ArchRule theBrokerInsideSeesNothingOfOurs =
      noClasses()
          .that()
          .resideInAPackage("dev.modgate.broker..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.modgate..").and(not(resideInAPackage("dev.modgate.broker.."))));

  @ArchTest
  static final ArchRule onlyTheBrokerInsideSeesKafkasServer =
      onlyIn("dev.modgate.broker..", "kafka..", "org.apache.kafka.metadata..");

  @ArchTest
  static final ArchRule onlyTheFetcherSeesResilience4j =
      onlyIn("dev.modgate.fetcher..", "io.github.resilience4j..");

  /// And test-support starts the server that the watcher's tests need.
  @ArchTest
  static final ArchRule onlyTheWatcherHasADatabase =
      onlyIn(
          new String[] {"dev.modgate.watcher..", "dev.modgate.testsupport.."},
          "java.sql..",
          "javax.sql..",
          "org.springframework.jdbc..");

  private static ArchRule onlyIn(String ours, String... theirs) {
    return onlyIn(new String[] {ours}, theirs);
  }

  private static ArchRule onlyIn(String[] ours, String... theirs) {
    return noClasses()
        .that()
        .resideInAPackage("dev.modgate..")
        .and()
        .resideOutsideOfPackages(ours)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(theirs);
  }

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.modgate.(*).(*)..").should().beFreeOfCycles();
}
