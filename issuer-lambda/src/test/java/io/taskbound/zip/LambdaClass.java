// SPDX-License-Identifier: Apache-2.0
package io.taskbound.zip;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * A class of the function objects that one host makes. An object knows by a number which of them it is, and holds what
 * was captured in fields: one for each position and kind of value.
 */
final class LambdaClass {
    private static final String OBJECT = "java/lang/Object";
    private static final String CONSTRUCTOR = "<init>";
    private static final String NUMBER = "number";

    private final String name;
    private final String host;
    private final boolean hostIsInterface;
    private final List<LambdaUse> uses = new ArrayList<>();

    LambdaClass(String name, String host, boolean hostIsInterface) {
        this.name = name;
        this.host = host;
        this.hostIsInterface = hostIsInterface;
    }

    String name() {
        return name;
    }

    void add(LambdaUse use) {
        uses.add(use);
    }

    /**
     * Puts the object in place of the captured values. Its type is the interface's: another would have to be proved.
     */
    void give(LambdaUse use, MethodVisitor code) {
        if (use.capturesNothing()) {
            code.visitFieldInsn(Opcodes.GETSTATIC, name, use.giver(), use.type());
        } else {
            code.visitMethodInsn(
                    Opcodes.INVOKESTATIC, name, use.giver(), use.factory().getDescriptor(), false);
        }
    }

    static void makeIfConstructor(LambdaUse.Called called, MethodVisitor code) {
        if (called.isConstructor()) {
            code.visitTypeInsn(Opcodes.NEW, called.handle().getOwner());
            code.visitInsn(Opcodes.DUP);
        }
    }

    byte[] write() {
        var writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(
                Opcodes.V1_8,
                Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC,
                name,
                null,
                OBJECT,
                uses.stream().map(LambdaUse::functional).distinct().toArray(String[]::new));
        fields(writer);
        constructor(writer);
        uses.stream().filter(use -> !use.capturesNothing()).forEach(use -> factory(writer, use));
        onlyObjects(writer);
        byMethod().values().forEach(same -> method(writer, same));
        writer.visitEnd();
        return writer.toByteArray();
    }

    private void fields(ClassWriter writer) {
        writer.visitField(Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL, NUMBER, "I", null, null);
        var captured = new LinkedHashMap<String, String>();
        for (var use : uses) {
            var types = use.captured();
            for (int i = 0; i < types.length; i++) {
                captured.put(field(i, types[i]), kind(types[i]));
            }
        }
        captured.forEach((field, kind) -> writer.visitField(Opcodes.ACC_PRIVATE, field, kind, null, null));
    }

    private static String field(int position, Type type) {
        return "captured" + position + kind(type).charAt(0);
    }

    /** References are kept as objects, and what the JVM computes with as int, as int. */
    private static String kind(Type type) {
        return switch (type.getSort()) {
            case Type.LONG, Type.FLOAT, Type.DOUBLE -> type.getDescriptor();
            case Type.OBJECT, Type.ARRAY -> "L" + OBJECT + ";";
            default -> "I";
        };
    }

    private void constructor(ClassWriter writer) {
        var code = writer.visitMethod(Opcodes.ACC_PRIVATE, CONSTRUCTOR, "(I)V", null, null);
        code.visitCode();
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitMethodInsn(Opcodes.INVOKESPECIAL, OBJECT, CONSTRUCTOR, "()V", false);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitVarInsn(Opcodes.ILOAD, 1);
        code.visitFieldInsn(Opcodes.PUTFIELD, name, NUMBER, "I");
        end(code, Opcodes.RETURN);
    }

    private void make(MethodVisitor code, LambdaUse use) {
        code.visitTypeInsn(Opcodes.NEW, name);
        code.visitInsn(Opcodes.DUP);
        code.visitLdcInsn(use.number());
        code.visitMethodInsn(Opcodes.INVOKESPECIAL, name, CONSTRUCTOR, "(I)V", false);
    }

    private void factory(ClassWriter writer, LambdaUse use) {
        var code = writer.visitMethod(
                Opcodes.ACC_STATIC, use.giver(), use.factory().getDescriptor(), null, null);
        code.visitCode();
        make(code, use);
        int local = 0;
        var types = use.captured();
        for (int i = 0; i < types.length; i++) {
            code.visitInsn(Opcodes.DUP);
            code.visitVarInsn(types[i].getOpcode(Opcodes.ILOAD), local);
            code.visitFieldInsn(Opcodes.PUTFIELD, name, field(i, types[i]), kind(types[i]));
            local += types[i].getSize();
        }
        end(code, Opcodes.ARETURN);
    }

    private void onlyObjects(ClassWriter writer) {
        var some = uses.stream().filter(LambdaUse::capturesNothing).toList();
        if (some.isEmpty()) {
            return;
        }
        var code = writer.visitMethod(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
        code.visitCode();
        for (var use : some) {
            writer.visitField(Opcodes.ACC_STATIC | Opcodes.ACC_FINAL, use.giver(), use.type(), null, null);
            make(code, use);
            code.visitFieldInsn(Opcodes.PUTSTATIC, name, use.giver(), use.type());
        }
        end(code, Opcodes.RETURN);
    }

    /** Uses that are called by the same name and types. */
    private Map<String, List<LambdaUse>> byMethod() {
        var methods = new LinkedHashMap<String, List<LambdaUse>>();
        uses.forEach(use -> methods.computeIfAbsent(use.method() + use.erased(), any -> new ArrayList<>())
                .add(use));
        return methods;
    }

    private void method(ClassWriter writer, List<LambdaUse> same) {
        var first = same.get(0);
        var code = writer.visitMethod(
                Opcodes.ACC_PUBLIC, first.method(), first.erased().getDescriptor(), null, null);
        code.visitCode();
        if (same.size() > 1) {
            chooseByNumber(code, same);
        } else {
            body(code, first);
        }
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    private void chooseByNumber(MethodVisitor code, List<LambdaUse> same) {
        int last = same.size() - 1;
        var labels = same.stream().map(use -> new Label()).toArray(Label[]::new);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitFieldInsn(Opcodes.GETFIELD, name, NUMBER, "I");
        code.visitLookupSwitchInsn(
                labels[last],
                same.subList(0, last).stream().mapToInt(LambdaUse::number).toArray(),
                List.of(labels).subList(0, last).toArray(Label[]::new));
        for (int i = 0; i <= last; i++) {
            code.visitLabel(labels[i]);
            code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
            body(code, same.get(i));
        }
    }

    private void body(MethodVisitor code, LambdaUse use) {
        var called = use.called();
        if (!called.isBridged()) {
            makeIfConstructor(called, code);
        }
        loadCaptured(code, use);
        loadArguments(code, use);
        if (called.isBridged()) {
            code.visitMethodInsn(
                    Opcodes.INVOKESTATIC,
                    host,
                    called.bridge(),
                    called.descriptor().getDescriptor(),
                    hostIsInterface);
        } else {
            called.callBy(code);
        }
        Conversions.returned(
                code,
                called.descriptor().getReturnType(),
                use.actual().getReturnType(),
                use.erased().getReturnType());
    }

    private void loadCaptured(MethodVisitor code, LambdaUse use) {
        var types = use.captured();
        for (int i = 0; i < types.length; i++) {
            code.visitVarInsn(Opcodes.ALOAD, 0);
            code.visitFieldInsn(Opcodes.GETFIELD, name, field(i, types[i]), kind(types[i]));
            if (Conversions.isReference(types[i])) {
                Conversions.cast(code, types[i]);
            }
            Conversions.convert(code, types[i], use.called().descriptor().getArgumentTypes()[i]);
        }
    }

    private static void loadArguments(MethodVisitor code, LambdaUse use) {
        var erased = use.erased().getArgumentTypes();
        var actual = use.actual().getArgumentTypes();
        var wanted = use.called().descriptor().getArgumentTypes();
        int local = 1;
        for (int i = 0; i < erased.length; i++) {
            code.visitVarInsn(erased[i].getOpcode(Opcodes.ILOAD), local);
            local += erased[i].getSize();
            Conversions.convert(code, erased[i], actual[i]);
            Conversions.convert(code, actual[i], wanted[use.captured().length + i]);
        }
    }

    private static void end(MethodVisitor code, int instruction) {
        code.visitInsn(instruction);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }
}
