// SPDX-License-Identifier: Apache-2.0
/** Loads what Lambda would call. */
final class Handlers {
    public static void main(String[] names) throws Exception {
        for (var name : names) {
            Class.forName(name, false, Handlers.class.getClassLoader()).getMethods();
        }
    }
}
