// SPDX-License-Identifier: Apache-2.0
package io.taskbound.zip;

import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Leaves out the tables of local variables, which only debuggers read. Line numbers stay, for stack traces. */
final class WithoutVariables extends ClassVisitor {
    WithoutVariables(ClassVisitor next) {
        super(Opcodes.ASM9, next);
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, String signature, String[] exceptions) {
        return new MethodVisitor(Opcodes.ASM9, super.visitMethod(access, name, descriptor, signature, exceptions)) {
            @Override
            public void visitLocalVariable(
                    String variable, String type, String generic, Label start, Label end, int index) {
                // left out
            }
        };
    }
}
