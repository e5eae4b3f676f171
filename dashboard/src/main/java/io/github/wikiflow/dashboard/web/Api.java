package io.github.wikiflow.dashboard.web;

import io.github.wikiflow.dashboard.follow.FollowerState;
import io.github.wikiflow.dashboard.standings.RankingStore;
import io.github.wikiflow.dashboard.standings.Standing;
import io.github.wikiflow.dashboard.standings.WindowSummary;
import io.github.wikiflow.dashboard.status.Status;
import io.github.wikiflow.events.ranking.Dimension;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.Header;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The data behind the page, as JSON and, where the path ends in {@code .csv}, for download. Errors
 * are JSON too: {@code {"error": ...}}.
 */
final class Api {

    private static final Logger LOG = LoggerFactory.getLogger(Api.class);

    private static final String CURRENT = "current";
    private static final String CSV = ".csv";

    private final RankingStore store;
    private final Supplier<Optional<Status>> status;

    Api(RankingStore store, Supplier<Optional<Status>> status) {
        this.store = store;
        this.status = status;
    }

    void addTo(RoutesConfig routes) {
        serve(routes, "/api/rankings/{dimension}/{window}", this::ranking);
        serve(routes, "/api/windows", new WindowsAnswer(store)::answer);
        serve(routes, "/api/windows.csv", ctx -> csv(ctx, "windows", Csv.of(windows(), form(ctx))));
        serve(routes, "/api/status", this::status);
        serve(routes, "/healthz", this::health);
        routes.exception(
                HttpResponseException.class,
                (e, ctx) -> {
                    HttpStatus status = HttpStatus.forStatus(e.getStatus());
                    error(ctx, status, status.getMessage());
                });
        routes.exception(
                Exception.class,
                (e, ctx) -> {
                    LOG.error("A request could not be answered", e);
                    error(
                            ctx,
                            HttpStatus.INTERNAL_SERVER_ERROR,
                            "the dashboard has failed; see its log");
                });
    }

    /** As GET, and as HEAD, whose content the server leaves out. */
    static void serve(RoutesConfig routes, String path, Handler handler) {
        routes.get(path, handler);
        routes.head(path, handler);
    }

    private void ranking(Context ctx) {
        String window = ctx.pathParam("window");
        boolean asCsv = window.endsWith(CSV);
        if (asCsv) {
            window = window.substring(0, window.length() - CSV.length());
        }
        Optional<Standing> standing;
        Dimension dimension;
        try {
            dimension = Dimension.ofLabel(ctx.pathParam("dimension"));
            standing =
                    window.equals(CURRENT)
                            ? store.current(dimension)
                            : store.standing(dimension, Instant.parse(window));
        } catch (DateTimeParseException e) {
            error(
                    ctx,
                    HttpStatus.BAD_REQUEST,
                    "the window is neither 'current' nor a start such as 2026-11-23T10:20:00Z");
            return;
        } catch (IllegalArgumentException e) {
            error(ctx, HttpStatus.NOT_FOUND, "no such dimension: " + e.getMessage());
            return;
        }
        if (standing.isEmpty()) {
            error(
                    ctx,
                    HttpStatus.NOT_FOUND,
                    "no ranking of " + dimension.label() + " is known for this window");
            return;
        }
        RankingView view = RankingView.of(standing.get());
        if (asCsv) {
            csv(ctx, dimension.label() + "-" + window.replace(':', '-'), Csv.of(view, form(ctx)));
        } else {
            json(ctx, view);
        }
    }

    private List<WindowSummary> windows() {
        return store.newestWindows(Integer.MAX_VALUE);
    }

    private void status(Context ctx) {
        Optional<Status> known = status.get();
        if (known.isPresent()) {
            json(ctx, known.get());
        } else {
            error(
                    ctx,
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "the first look at the pipeline is not finished");
        }
    }

    private void health(Context ctx) {
        boolean stopped = status.get().map(Status::rankings).orElse(null) == FollowerState.STOPPED;
        ctx.status(stopped ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.OK);
        json(
                ctx,
                Map.of(
                        "status",
                        stopped ? "unhealthy" : "healthy",
                        "reasons",
                        stopped
                                ? List.of("the rankings are no longer read; see the log")
                                : List.of()));
    }

    private static void error(Context ctx, HttpStatus status, String message) {
        ctx.status(status);
        json(ctx, Map.of("error", message));
    }

    private static void json(Context ctx, Object view) {
        ctx.contentType("application/json; charset=utf-8");
        ctx.header(Header.CACHE_CONTROL, "no-store");
        ctx.result(ViewJson.write(view));
    }

    private static Csv.Form form(Context ctx) {
        return ctx.queryParam("raw") == null ? Csv.Form.SPREADSHEET : Csv.Form.EXACT;
    }

    private static void csv(Context ctx, String name, String text) {
        ctx.contentType("text/csv; charset=utf-8");
        ctx.header(Header.CACHE_CONTROL, "no-store");
        ctx.header("Content-Disposition", "attachment; filename=\"wikiflow-" + name + ".csv\"");
        ctx.result(text);
    }
}
