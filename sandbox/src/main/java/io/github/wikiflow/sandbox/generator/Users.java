package io.github.wikiflow.sandbox.generator;

import java.util.Locale;

/**
 * The users of a workload, the busiest first. Each is a pure function of the seed and the rank, and
 * no two have the same name.
 */
final class Users {

    /**
     * With the exponent 1.6 it gives the busiest user 18 % of all changes and the first ten 60 %.
     */
    private static final double SHIFT = 2.5;

    /** The busiest users are accounts; addresses and temporary accounts come after them. */
    private static final int FIRST_ANONYMOUS_RANK = 20;

    /** Bots are among the first; what comes after makes hardly any changes. */
    private static final int RANKS_WITH_BOTS = 1_000;

    /** Users up to this rank make nearly all changes, so their names are kept. */
    private static final int KEPT = 4_096;

    /** Keeps the draws for users apart from those for events. */
    private static final long SALT = 0x7573657273L;

    /**
     * The last four differ in order by code point and by UTF-16 unit: beyond the BMP (astral), and
     * its last characters.
     */
    private static final String[] STEMS = {
        "Natg ",
        "Dcirovic",
        "Pintoch",
        "Jean-Luc ",
        "Müller",
        "O'Brien",
        "Ana=Maria ",
        "¿Quién?",
        "Wow!",
        "R&D (talk) ",
        "Леонід Панасюк ",
        "مستخدم",
        "משתמש ",
        "編集者",
        "사용자",
        "𐌰𐌱𐌲",
        "🦊Fox",
        "ｕｓｅｒ",
        "ﷺ"
    };

    private static final String[] HOSTILE_BEFORE = {
        "<img src=x onerror=alert(",
        "\"><script>alert(",
        "'; DROP TABLE changes; -- ",
        "../../etc/passwd",
        "\\u0022\\",
        "\u202Egnp.",
        "{{constructor.constructor('",
        "${jndi:x}"
    };

    private static final String[] HOSTILE_AFTER = {
        ")>", ")</script>", "", "", "\\\"", "", "')()}}", ""
    };

    private final long seed;
    private final double temporaryAccountShare;
    private final double addressShare;
    private final double hostileShare;
    private final int count;
    private final ZipfRanks ranks;
    private final boolean[] bots;
    private final String[] names;

    Users(Workload workload) {
        seed = workload.seed() ^ SALT;
        temporaryAccountShare = workload.temporaryAccountShare();
        addressShare = workload.addressShare();
        hostileShare = workload.hostileUserShare();
        count = workload.users();
        ranks = new ZipfRanks(count, workload.userSkew(), SHIFT);
        bots = bots(workload.botShare());
        names = new String[Math.min(KEPT, count)];
        for (int rank = 0; rank < names.length; rank++) {
            names[rank] = makeName(rank);
        }
    }

    /** A rank by the law of the workload. */
    int draw(Draws draws) {
        return ranks.at(draws.unit());
    }

    boolean isBot(int rank) {
        return rank < bots.length && bots[rank];
    }

    String name(int rank) {
        return rank < names.length ? names[rank] : makeName(rank);
    }

    /** Spreads the bots over the first ranks so that they make the wanted share of changes. */
    private boolean[] bots(double share) {
        boolean[] result = new boolean[Math.min(RANKS_WITH_BOTS, count)];
        double changes = 0;
        double changesOfBots = 0;
        for (int rank = 0; rank < result.length; rank++) {
            double weight = ranks.weight(rank);
            changes += weight;
            if (changesOfBots + weight / 2 < share * changes) {
                result[rank] = true;
                changesOfBots += weight;
            }
        }
        return result;
    }

    private String makeName(int rank) {
        Draws draws = new Draws(seed, rank);
        double origin = draws.unit();
        if (isBot(rank)) {
            return "Bot" + draws.oneOf(STEMS) + rank;
        }
        if (draws.chance(hostileShare)) {
            int form = draws.below(HOSTILE_BEFORE.length);
            return HOSTILE_BEFORE[form] + rank + HOSTILE_AFTER[form];
        }
        if (rank >= FIRST_ANONYMOUS_RANK) {
            if (origin < temporaryAccountShare) {
                return "~2026-" + (10_000 + rank) + "-" + (10 + draws.below(90));
            }
            if (origin < temporaryAccountShare + addressShare) {
                return address(rank, draws);
            }
        }
        return draws.oneOf(STEMS) + rank;
    }

    private static String address(int rank, Draws draws) {
        return draws.chance(0.5)
                ? "10." + (rank >>> 16) + "." + (rank >>> 8 & 255) + "." + (rank & 255)
                : "2001:DB8:" + Integer.toHexString(rank).toUpperCase(Locale.ROOT) + "::1";
    }
}
