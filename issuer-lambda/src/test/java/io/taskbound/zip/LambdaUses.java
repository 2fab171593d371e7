// SPDX-License-Identifier: Apache-2.0
package io.taskbound.zip;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * The function objects that one class makes, in the order of its code, and which of its methods they need opened. Those
 * of interfaces of {@code java.util.function} share one class: no default method of one is that of another, and an
 * object that is two of them is noticed only where somebody asks for its type, which no code of the zip does. Of any
 * other interface each has its own.
 */
final class LambdaUses {
    private static final String FACTORY = "java/lang/invoke/LambdaMetafactory";
    private static final String BRIDGE = "lambda$bridge$";
    private static final String SHARING = "java/util/function/";
    private static final String SHARED = "Functions";

    private final String host;
    private final ClassFiles files;
    private final List<LambdaUse> all = new ArrayList<>();
    private final Set<String> opened = new HashSet<>();
    private final Map<String, Integer> counts = new HashMap<>();
    /** Simple names by interface. */
    private final Map<String, String> names = new HashMap<>();

    private LambdaUses(String host, ClassFiles files) {
        this.host = host;
        this.files = files;
    }

    static LambdaUses of(ClassReader reader, ClassFiles files) {
        var uses = new LambdaUses(reader.getClassName(), files);
        reader.accept(uses.new Looking(), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return uses;
    }

    /**
     * Whether this is a place that is replaced: made by the plain factory, which leaves out objects that are
     * serializable or have several interfaces, and not of an array's method.
     */
    static boolean isReplaced(Handle bootstrap, Object[] arguments) {
        return bootstrap.getOwner().equals(FACTORY)
                && bootstrap.getName().equals("metafactory")
                && arguments[1] instanceof Handle called
                && !called.getOwner().startsWith("[");
    }

    List<LambdaUse> all() {
        return List.copyOf(all);
    }

    /** A private method of the host that is called from beside it from now on. */
    boolean isOpened(String name, String descriptor) {
        return opened.contains(name + descriptor);
    }

    private void add(String method, String factory, Object[] arguments) {
        var made = Type.getMethodType(factory);
        var handle = (Handle) arguments[1];
        var called = called(handle);
        var name = names.computeIfAbsent(made.getReturnType().getInternalName(), this::name);
        int number = counts.merge(name, 1, Integer::sum) - 1;
        all.add(new LambdaUse(name, number, method, made, (Type) arguments[0], called, (Type) arguments[2]));
    }

    private String name(String functional) {
        if (functional.startsWith(SHARING) && !files.isTestedFor(functional)) {
            return SHARED;
        }
        var simple = functional.substring(Math.max(functional.lastIndexOf('/'), functional.lastIndexOf('$')) + 1);
        return names.containsValue(simple) || simple.equals(SHARED) ? simple + names.size() : simple;
    }

    private LambdaUse.Called called(Handle handle) {
        boolean isPrivate = (access(handle) & Opcodes.ACC_PRIVATE) != 0;
        boolean ownStatic =
                handle.getTag() == Opcodes.H_INVOKESTATIC && handle.getOwner().equals(host);
        if (isPrivate && ownStatic) {
            opened.add(handle.getName() + handle.getDesc());
        }
        // A private method of an object cannot be opened so: a class below might have one of the same name.
        boolean onlyTheHost = handle.getTag() == Opcodes.H_INVOKESPECIAL
                || isPrivate && !ownStatic
                || (access(handle) & Opcodes.ACC_PROTECTED) != 0 && !samePackage(handle.getOwner());
        return new LambdaUse.Called(handle, onlyTheHost ? BRIDGE + all.size() : "", LambdaUse.asStatic(handle, host));
    }

    private int access(Handle handle) {
        return files.access(handle.getOwner(), handle.getName(), handle.getDesc())
                .orElse(Opcodes.ACC_PUBLIC);
    }

    private boolean samePackage(String other) {
        return folder(other).equals(folder(host));
    }

    private static String folder(String name) {
        return name.substring(0, name.lastIndexOf('/') + 1);
    }

    private final class Looking extends ClassVisitor {
        Looking() {
            super(Opcodes.ASM9);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitInvokeDynamicInsn(
                        String method, String factory, Handle bootstrap, Object... arguments) {
                    if (isReplaced(bootstrap, arguments)) {
                        add(method, factory, arguments);
                    }
                }
            };
        }
    }
}
