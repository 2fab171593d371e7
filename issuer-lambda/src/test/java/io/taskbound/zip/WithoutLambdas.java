// SPDX-License-Identifier: Apache-2.0
package io.taskbound.zip;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Replaces the lambda expressions and method references of a class by a few classes beside it, such as
 * {@code Mint$$Functions}. The JDK would write a class for each of them when the code first comes by, and find out at
 * run time how to call it.
 */
final class WithoutLambdas {
    private WithoutLambdas() {}

    /** The class files that take this one's place, by internal name; itself is among them. */
    static Map<String, byte[]> of(byte[] octets, ClassFiles files) {
        var reader = new ClassReader(octets);
        var host = reader.getClassName();
        var uses = LambdaUses.of(reader, files);
        var classes = new LinkedHashMap<String, LambdaClass>();
        boolean hostIsInterface = (reader.getAccess() & Opcodes.ACC_INTERFACE) != 0;
        for (var use : uses.all()) {
            classes.computeIfAbsent(
                            use.simpleName(), simple -> new LambdaClass(host + "$$" + simple, host, hostIsInterface))
                    .add(use);
        }
        var result = new LinkedHashMap<String, byte[]>();
        var writer = new ClassWriter(0);
        reader.accept(new Replacing(writer, uses, classes, hostIsInterface), 0);
        result.put(host, writer.toByteArray());
        classes.values().forEach(each -> result.put(each.name(), each.write()));
        return result;
    }

    private static final class Replacing extends ClassVisitor {
        private final LambdaUses uses;
        private final Map<String, LambdaClass> classes;
        private final boolean isInterface;
        private final Iterator<LambdaUse> next;

        Replacing(ClassVisitor next, LambdaUses uses, Map<String, LambdaClass> classes, boolean isInterface) {
            super(Opcodes.ASM9, next);
            this.uses = uses;
            this.classes = new HashMap<>(classes);
            this.isInterface = isInterface;
            this.next = uses.all().iterator();
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            int open = uses.isOpened(name, descriptor) ? opened(access) : access;
            return new MethodVisitor(Opcodes.ASM9, super.visitMethod(open, name, descriptor, signature, exceptions)) {
                @Override
                public void visitInvokeDynamicInsn(
                        String method, String factory, Handle bootstrap, Object... arguments) {
                    if (LambdaUses.isReplaced(bootstrap, arguments)) {
                        var use = next.next();
                        Objects.requireNonNull(classes.get(use.simpleName())).give(use, this);
                    } else {
                        super.visitInvokeDynamicInsn(method, factory, bootstrap, arguments);
                    }
                }
            };
        }

        /** For its package; an interface knows only private and public. */
        private int opened(int access) {
            return access & ~Opcodes.ACC_PRIVATE | (isInterface ? Opcodes.ACC_PUBLIC : 0);
        }

        @Override
        public void visitEnd() {
            uses.all().stream()
                    .map(LambdaUse::called)
                    .filter(LambdaUse.Called::isBridged)
                    .forEach(this::bridge);
            super.visitEnd();
        }

        private void bridge(LambdaUse.Called called) {
            var code = super.visitMethod(
                    opened(Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC),
                    called.bridge(),
                    called.descriptor().getDescriptor(),
                    null,
                    null);
            code.visitCode();
            LambdaClass.makeIfConstructor(called, code);
            int local = 0;
            for (var type : called.descriptor().getArgumentTypes()) {
                code.visitVarInsn(type.getOpcode(Opcodes.ILOAD), local);
                local += type.getSize();
            }
            called.callBy(code);
            code.visitInsn(called.descriptor().getReturnType().getOpcode(Opcodes.IRETURN));
            // Two more for the object that a constructor makes, and two for what is returned.
            code.visitMaxs(local + 2, local);
            code.visitEnd();
        }
    }
}
