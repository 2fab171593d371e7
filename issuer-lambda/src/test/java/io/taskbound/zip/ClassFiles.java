// SPDX-License-Identifier: Apache-2.0
package io.taskbound.zip;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** What the class files of the zip say of themselves. A class that is not in the zip is the JDK's. */
final class ClassFiles {
    private final Map<String, Map<String, Integer>> methods = new HashMap<>();
    private final Set<String> tested = new HashSet<>();

    ClassFiles(Collection<byte[]> classes) {
        classes.forEach(this::add);
    }

    private void add(byte[] octets) {
        var reader = new ClassReader(octets);
        var own = new HashMap<String, Integer>();
        reader.accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String descriptor, String signature, String[] exceptions) {
                        own.put(name + descriptor, access);
                        return new MethodVisitor(Opcodes.ASM9) {
                            @Override
                            public void visitTypeInsn(int instruction, String type) {
                                if (instruction == Opcodes.INSTANCEOF) {
                                    tested.add(type);
                                }
                            }
                        };
                    }
                },
                ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        methods.put(reader.getClassName(), own);
    }

    /** The access flags of a method that this class declares itself, by internal name and descriptor. */
    OptionalInt access(String owner, String name, String descriptor) {
        var access = declaredBy(owner).get(name + descriptor);
        return access == null ? OptionalInt.empty() : OptionalInt.of(access);
    }

    /** Whether code of the zip asks of an object whether it is one of this type. */
    boolean isTestedFor(String type) {
        return tested.contains(type);
    }

    /** Name and descriptor, to access flags; empty for a class that is not in the zip. */
    Map<String, Integer> declaredBy(String owner) {
        return methods.getOrDefault(owner, Map.of());
    }
}
