package io.github.wikiflow.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list without which CI could be green although tests were skipped. */
class SkippedTestsTest {

    @TempDir private Path folder;

    @Test
    void listsWhatWasSkippedOrAborted() throws Exception {
        report(
                "a/target/surefire-reports/TEST-x.RunTest.xml",
                """
                <testcase name="runs" classname="x.RunTest" time="0.1"/>
                """);
        report(
                "a/target/failsafe-reports/TEST-x.BrowserIT.xml",
                """
                <testcase name="aborted" classname="x.BrowserIT" time="0.1">
                  <skipped message="Assumption failed: no browser" type="org.opentest4j.TestAbortedException"><![CDATA[org...]]></skipped>
                </testcase>
                <testcase name="runs" classname="x.BrowserIT" time="0.1"/>
                """);
        report(
                "b/c/target/failsafe-reports/TEST-x.DockerIT.xml",
                """
                <testcase name="" classname="x.DockerIT" time="0.0">
                  <skipped message="Docker is not available"/>
                </testcase>
                <testcase name="silent" classname="x.DockerIT" time="0.0">
                  <skipped/>
                </testcase>
                <testcase name="makeTheSavepointOfThisRelease" classname="x.DockerIT" time="0.0">
                  <skipped message="System property [golden.release] does not exist"/>
                </testcase>
                """);
        assertThat(skipped().lines())
                .containsExactlyInAnyOrder(
                        "x.BrowserIT.aborted: Assumption failed: no browser",
                        "x.DockerIT.: Docker is not available",
                        "x.DockerIT.silent: no reason given");
    }

    private void report(String file, String testCases) throws IOException {
        Path report = folder.resolve(file);
        Files.createDirectories(report.getParent());
        Files.writeString(report, "<testsuite>\n" + testCases + "</testsuite>\n");
    }

    private String skipped() throws Exception {
        Path script = SourceTree.home().resolve(".ci/skipped-tests");
        Process process =
                new ProcessBuilder(script.toString(), folder.toString())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
