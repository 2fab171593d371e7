// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.inject;

import io.taskbound.client.GrantedToken;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A proxy on 127.0.0.1 to one service, for one command: it adds the command's token to each request, and a proof of the
 * key that the token is bound to. The command never holds either. Thread-safe.
 */
public final class Injector {
    private final Front front;
    private final LocalAddress local;
    private final ExecutorService uploads;

    private Injector(Front front, LocalAddress local, ExecutorService uploads) {
        this.front = front;
        this.local = local;
        this.uploads = uploads;
    }

    /** To be called before the process's first HTTP request: has the JDK's client send each request once. */
    public static void prepare() {
        Backend.sendOnce();
    }

    /** Starts it on a free port. */
    public static Injector start(InjectPlan plan, GrantedToken granted) throws IOException {
        return start(plan, granted, Limits.USUAL);
    }

    static Injector start(InjectPlan plan, GrantedToken granted, Limits limits) throws IOException {
        var target = plan.target();
        var front = Front.bind(limits);
        var secret = PathSecret.random();
        var local = new LocalAddress(target, "http://" + front.authority() + "/" + secret.reveal());
        var uploads = Executors.newCachedThreadPool(Front.daemons("upload"));
        var handling = new Handling(
                new Gate(target, secret, front.authority(), new Permits(plan.rules(), granted.details())),
                new Backend(plan.proxies(), uploads, granted),
                local,
                new EchoMask(granted.token()));
        front.serve(handling::handle);
        return new Injector(front, local, uploads);
    }

    /** The address for the command, whose path holds a secret: whoever has it can use the token while this runs. */
    public URI url() {
        return URI.create(local.url());
    }

    /** Nothing is passed on from now on; returns at once. May be called again. */
    public void end() {
        front.end();
        uploads.shutdownNow();
    }

    @Override
    public String toString() {
        return "Injector[secret]";
    }
}
