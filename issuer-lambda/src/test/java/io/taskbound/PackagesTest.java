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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Imports point down only (design section 8), and one package alone knows DynamoDB. */
class PackagesTest {
    private static final Map<String, List<String>> BELOW = Map.ofEntries(
            Map.entry("digest", List.of()),
            Map.entry("json", List.of()),
            Map.entry("task", List.of("json", "digest")),
            Map.entry("identity", List.of("task", "json", "digest")),
            Map.entry("policy", List.of("identity", "task", "json", "digest")),
            Map.entry("token", List.of("policy", "identity", "task", "json", "digest")),
            Map.entry("ledger", List.of("token", "policy", "identity", "task", "json", "digest")),
            Map.entry("audit", List.of("token", "policy", "identity", "task", "json", "digest")),
            Map.entry("metrics", List.of("audit", "ledger", "token", "policy", "identity", "task", "json", "digest")),
            Map.entry(
                    "issuer",
                    List.of("metrics", "policy", "token", "ledger", "audit", "identity", "task", "json", "digest")),
            Map.entry(
                    "http",
                    List.of(
                            "issuer",
                            "metrics",
                            "policy",
                            "token",
                            "ledger",
                            "audit",
                            "identity",
                            "task",
                            "json",
                            "digest")),
            Map.entry(
                    "lambda",
                    List.of(
                            "http",
                            "issuer",
                            "metrics",
                            "policy",
                            "token",
                            "ledger",
                            "audit",
                            "identity",
                            "task",
                            "json",
                            "digest")));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.taskbound");

    @Test
    void importsPointDownOnly() {
        BELOW.forEach((name, below) -> {
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
        });
    }

    @Test
    void everyPackageHasItsPlace() {
        classes()
                .that()
                .resideOutsideOfPackage("io.taskbound.local..")
                .should()
                .resideInAnyPackage(BELOW.keySet().stream()
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
    void onlyTheSignerAndItsWiringKnowKms() {
        noClasses()
                .that()
                .haveNameNotMatching(
                        ".*\\.(KmsSigner|KmsKeyFactory|SealedKeys|KmsSignerComponent|SigningKeysComponent|KmsConnection|LambdaWiring|KeyRotationLambda)")
                .should()
                .dependOnClassesThat(resideInAnyPackage("software.amazon.awssdk.services.kms.."))
                .check(CLASSES);
    }
}
