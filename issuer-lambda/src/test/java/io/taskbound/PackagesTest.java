// SPDX-License-Identifier: Apache-2.0
package io.taskbound;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Imports point down only, and what is foreign is known to few packages: DynamoDB, KMS, Lambda. */
class PackagesTest {
    /** From the bottom up; a package knows none that stands after it, and none of its own line but itself. */
    private static final List<Set<String>> LEVELS = List.of(
            Set.of("digest", "json"),
            Set.of("task", "window"),
            Set.of("identity"),
            Set.of("policy", "hook", "outbound"),
            Set.of("token"),
            Set.of("status", "credential", "approval", "dpop"),
            Set.of("ledger", "audit", "github", "sts", "openbao", "login"),
            Set.of("metrics", "receipt", "events"),
            Set.of("issuer"),
            Set.of("page"),
            Set.of("http"),
            Set.of("lambda"));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.taskbound");

    @Test
    void importsPointDownOnly() {
        var below = new HashSet<String>();
        for (var level : LEVELS) {
            level.forEach(name -> onlyKnows(name, below));
            below.addAll(level);
        }
    }

    private static void onlyKnows(String name, Set<String> below) {
        var allowed = describe(
                "itself or below",
                (JavaClass other) -> !other.getPackageName().startsWith("io.taskbound.")
                        || other.getPackageName().equals("io.taskbound." + name)
                        || below.stream()
                                .anyMatch(lower -> other.getPackageName().equals("io.taskbound." + lower)));
        classes()
                .that()
                .resideInAPackage("io.taskbound." + name)
                .should()
                .onlyDependOnClassesThat(allowed)
                .check(CLASSES);
    }

    @Test
    void everyPackageHasItsPlace() {
        classes()
                .that()
                .resideOutsideOfPackage("io.taskbound.local..")
                .should()
                .resideInAnyPackage(LEVELS.stream()
                        .flatMap(Set::stream)
                        .map(name -> "io.taskbound." + name)
                        .toArray(String[]::new))
                .check(CLASSES);
    }

    @Test
    void onlyTheLedgerKnowsDynamoDb() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.taskbound.ledger", "io.taskbound.local")
                .should()
                .dependOnClassesThat(resideInAnyPackage("software.amazon.awssdk.services.dynamodb.."))
                .check(CLASSES);
    }

    @Test
    void onlyTokenAndLambdaKnowKms() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.taskbound.token", "io.taskbound.lambda", "io.taskbound.local")
                .should()
                .dependOnClassesThat(resideInAnyPackage("software.amazon.awssdk.services.kms.."))
                .check(CLASSES);
    }

    @Test
    void onlyLambdaKnowsLambda() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.taskbound.lambda")
                .should()
                .dependOnClassesThat(resideInAnyPackage("com.amazonaws..", "org.crac.."))
                .check(CLASSES);
    }

    @Test
    void httpKnowsNothingOfAws() {
        noClasses()
                .that()
                .resideInAPackage("io.taskbound.http")
                .should()
                .dependOnClassesThat(resideInAnyPackage("software.amazon..", "com.amazonaws.."))
                .check(CLASSES);
    }
}
