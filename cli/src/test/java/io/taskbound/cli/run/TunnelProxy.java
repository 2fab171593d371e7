// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/** A real CONNECT proxy on loopback: every tunnel leads to one port of this machine, for those that know the login. */
public final class TunnelProxy implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int target;
    private final Optional<String> login;
    private final IntFunction<Optional<String>> refusals;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    /**
     * @param login that it wants, such as {@code user:password}
     * @param refusals the status with which it refuses the n-th tunnel, from 1
     */
    public TunnelProxy(int target, Optional<String> login, IntFunction<Optional<String>> refusals) throws IOException {
        this.target = target;
        this.login = login;
        this.refusals = refusals;
        start("proxy", this::serve);
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** The request line of each tunnel that was asked for. */
    public List<String> asked() {
        return asked;
    }

    private void serve() {
        try {
            while (!socket.isClosed()) {
                var near = socket.accept();
                start("tunnel", () -> tunnel(near));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void tunnel(Socket near) {
        try (near) {
            var head = head(near.getInputStream());
            asked.add(head.lines().findFirst().orElse(""));
            var refusal =
                    refusals.apply(asked.size()).or(() -> isKnown(head) ? Optional.empty() : Optional.of("407 Login"));
            if (refusal.isPresent()) {
                say(
                        near,
                        "HTTP/1.1 " + refusal.get()
                                + "\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n");
                return;
            }
            try (var far = new Socket(InetAddress.getLoopbackAddress(), target)) {
                say(near, "HTTP/1.1 200 Connection established\r\n\r\n");
                start("back", () -> copy(far, near));
                copy(near, far);
            }
        } catch (IOException closed) {
            // Either side hung up.
        }
    }

    private boolean isKnown(String head) {
        return login.map(pair -> "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(ISO_8859_1)))
                .map(header -> Pattern.compile("\r\n(?i:Proxy-Authorization): " + Pattern.quote(header) + "\r\n")
                        .matcher(head)
                        .find())
                .orElse(true);
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("hung up");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static void say(Socket near, String text) throws IOException {
        OutputStream out = near.getOutputStream();
        out.write(text.getBytes(ISO_8859_1));
        out.flush();
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException closed) {
            // Either side hung up.
        }
    }

    private static void start(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
