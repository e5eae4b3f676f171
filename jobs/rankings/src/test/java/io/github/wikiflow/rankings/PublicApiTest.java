package io.github.wikiflow.rankings;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import org.apache.flink.annotation.Experimental;
import org.apache.flink.annotation.Public;
import org.apache.flink.annotation.PublicEvolving;
import org.junit.jupiter.api.Test;

/** The job is written against what Flink promises to keep, and its packages form no circles. */
class PublicApiTest {

    /** What Flink forgot to mark, or names in the signatures of what it marks as public. */
    private static final Set<String> ALSO_PUBLIC =
            Set.of(
                    "org.apache.flink.client.program.ProgramParametrizationException",
                    "org.apache.flink.streaming.api.TimeDomain",
                    "org.apache.flink.streaming.api.windowing.triggers.TriggerResult",
                    "org.apache.flink.streaming.runtime.streamrecord.StreamRecord",
                    "org.apache.flink.streaming.runtime.tasks.ProcessingTimeService",
                    "org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus");

    private static final JavaClasses JOB =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages(RankingsJob.class.getPackageName());

    @Test
    void onlyPublicApiOfFlinkIsUsed() {
        classes()
                .should()
                .onlyDependOnClassesThat(
                        DescribedPredicate.describe(
                                "are not Flink's, or are its public API", PublicApiTest::isPublic))
                .check(JOB);
    }

    @Test
    void packagesFormNoCircles() {
        slices().matching(RankingsJob.class.getPackageName() + ".(*)..")
                .should()
                .beFreeOfCycles()
                .check(JOB);
    }

    private static boolean isPublic(JavaClass used) {
        JavaClass type = used.getBaseComponentType();
        if (!type.getPackageName().startsWith("org.apache.flink.")
                || type.getPackageName().startsWith("org.apache.flink.shaded.")
                || ALSO_PUBLIC.contains(type.getFullName())) {
            return true;
        }
        return isMarked(type)
                || type.getEnclosingClass().map(PublicApiTest::isPublic).orElse(false);
    }

    private static boolean isMarked(JavaClass type) {
        return type.isAnnotatedWith(Public.class)
                || type.isAnnotatedWith(PublicEvolving.class)
                || type.isAnnotatedWith(Experimental.class);
    }
}
