// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** Work that must not hold up the end of this process: in a daemon thread of its own. */
final class Background {
    private Background() {}

    /** Its result; a fault of the work is the future's cause, and cancelling the future interrupts the work. */
    static <T> CompletableFuture<T> start(String name, Callable<T> work) {
        var result = new CompletableFuture<T>();
        var thread = new Thread(() -> complete(result, work), "taskbound-" + name);
        thread.setDaemon(true);
        var unused = result.whenComplete((done, fault) -> {
            if (result.isCancelled()) {
                thread.interrupt();
            }
        });
        thread.start();
        return result;
    }

    private static <T> void complete(CompletableFuture<T> result, Callable<T> work) {
        try {
            result.complete(work.call());
        } catch (Exception e) {
            result.completeExceptionally(e);
        } catch (Error e) {
            result.completeExceptionally(e);
            throw e;
        }
    }
}
