package io.github.wikiflow.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.events.options.CommandRunner;
import io.github.wikiflow.sandbox.FreePort;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DoctorCommandTest {

    @TempDir private Path folder;

    private final URI nobody =
            URI.create("http://127.0.0.1:%d/v2/stream".formatted(FreePort.find()));
    private int exitCode;

    @Test
    void saysWhatIsThereALineEach() {
        int port = FreePort.find();
        String said =
                doctor("--data", folder.resolve("not yet/there").toString(), "--ports", "" + port);
        assertThat(said)
                .contains("ok    Java " + Runtime.version())
                .contains("MB of memory")
                .contains("MB free for '%s'".formatted(folder.resolve("not yet/there")))
                .contains("ok    nothing runs on '")
                .contains("ok    port %d is free".formatted(port))
                .contains("note  Wikipedia's live stream cannot be reached (")
                .doesNotContain("BAD");
        assertThat(said.lines()).allMatch(line -> line.matches("(ok    |note  )\\S.*"));
        assertThat(exitCode).isZero();
    }

    @Test
    void saysWhatIsWrongAndTheRemedy() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String said = doctor("--data", folder.toString(), "--ports", "" + taken.getLocalPort());
            assertThat(said)
                    .contains(
                            "BAD   port %d is taken: end what holds it, or give up another port"
                                    .formatted(taken.getLocalPort()));
        }
        assertThat(exitCode).isEqualTo(1);
    }

    @Test
    void namesTheUpThatRunsAlready() throws Exception {
        RunningProcess.write(Files.createDirectory(folder.resolve("replay-x")), Map.of());
        assertThat(doctor("--data", folder.toString(), "--ports", "0"))
                .contains(
                        "note  up runs there already, for replay-x (process %d): stop it with ./wikiflow stop"
                                .formatted(ProcessHandle.current().pid()));
    }

    private String doctor(String... arguments) {
        StringWriter out = new StringWriter();
        CommandLine command = CommandRunner.commandLine(new DoctorCommand(nobody), Map.of());
        command.setOut(new PrintWriter(out));
        exitCode = command.execute(arguments);
        return out.toString();
    }
}
