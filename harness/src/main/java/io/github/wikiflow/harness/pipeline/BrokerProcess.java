package io.github.wikiflow.harness.pipeline;

import io.github.wikiflow.harness.process.JavaCommand;
import io.github.wikiflow.harness.process.JavaProcess;
import io.github.wikiflow.sandbox.kafka.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * A broker as a process. Arguments: the folder of its data, its port (0 for a free one), and its
 * settings as {@code KEY=VALUE}. It writes its address when it answers, and stops cleanly when it
 * is told to.
 */
public final class BrokerProcess {

    private BrokerProcess() {}

    /**
     * Starts one on a free port, whose address is the first line that it writes.
     *
     * @param heap as {@code -Xmx} takes it
     */
    public static JavaProcess start(Path folder, String heap) throws IOException {
        return JavaProcess.start(command(folder, 0, Map.of(), List.of("-Xmx" + heap)));
    }

    static JavaCommand command(
            Path folder, int port, Map<String, String> settings, List<String> jvmOptions) {
        List<String> arguments = new ArrayList<>();
        arguments.add(folder.toString());
        arguments.add(Integer.toString(port));
        settings.forEach((key, value) -> arguments.add(key + "=" + value));
        return JavaCommand.of(BrokerProcess.class, jvmOptions, arguments);
    }

    public static void main(String[] arguments) throws InterruptedException {
        Map<String, String> settings = new HashMap<>();
        for (String argument : List.of(arguments).subList(2, arguments.length)) {
            String[] setting = argument.split("=", 2);
            settings.put(setting[0], setting[1]);
        }
        EmbeddedKafka kafka =
                EmbeddedKafka.start(
                        Path.of(arguments[0]), Integer.parseInt(arguments[1]), settings);
        Runtime.getRuntime().addShutdownHook(new Thread(kafka::close, "stop"));
        System.out.println(kafka.bootstrapServers());
        new CountDownLatch(1).await();
    }
}
