package io.github.wikiflow.archive.check;

import io.github.wikiflow.events.options.CommandRunner;
import picocli.CommandLine.Command;

/** {@code ./wikiflow lake}: looks at a lake, without a cluster, and changes nothing in it. */
@Command(
        name = "wikiflow lake",
        subcommands = {LakeCheckCommand.class, LakeFilesCommand.class},
        mixinStandardHelpOptions = true,
        description = "Look at a lake, while it is written or not; nothing in it is changed.")
public final class LakeCommand {

    LakeCommand() {}

    public static void main(String[] arguments) {
        System.exit(CommandRunner.run(new LakeCommand(), arguments));
    }
}
