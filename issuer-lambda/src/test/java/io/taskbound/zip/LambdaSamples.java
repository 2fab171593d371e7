// SPDX-License-Identifier: Apache-2.0
package io.taskbound.zip;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Function objects of every kind, and what each of them does. For {@link WithoutLambdasTest}. */
public final class LambdaSamples implements Supplier<Map<String, Object>> {
    private final String own = "own";

    public static Function<String, Integer> length() {
        return String::length;
    }

    /** More than one argument to widen, and values of two places to capture. */
    @FunctionalInterface
    interface Wide {
        double of(byte small, long large, float broken, Object any);

        default double ofOnes() {
            Supplier<Object> one = () -> this.of((byte) 1, 1, 1, 1);
            return (Double) one.get();
        }
    }

    record Pair<A, B>(A first, B second) {
        private static <A> Pair<A, A> twice(A one) {
            return new Pair<>(one, one);
        }
    }

    interface Shape {
        double area();

        default Supplier<String> described() {
            return () -> "of area " + area() + secret();
        }

        private String secret() {
            return "!";
        }

        static Function<Shape, String> namer() {
            return Shape::secret;
        }
    }

    record Square(double side) implements Shape {
        @Override
        public double area() {
            return side * side;
        }
    }

    static class Base {
        private String name() {
            return "base";
        }

        Supplier<String> ofBase() {
            return this::name;
        }

        String overridden() {
            return "base";
        }
    }

    /** Its private method has the name of one above it, which is another. */
    static final class Derived extends Base {
        private String name() {
            return "derived";
        }

        Supplier<String> ofDerived() {
            return this::name;
        }

        Supplier<String> ofBoth() {
            return () -> name() + ofBase().get();
        }

        @Override
        String overridden() {
            return "derived";
        }

        Supplier<String> ofSuper() {
            return super::overridden;
        }
    }

    @Override
    public Map<String, Object> get() {
        var results = new LinkedHashMap<String, Object>();
        references(results);
        captures(results);
        conversions(results);
        hosts(results);
        return results;
    }

    private void references(Map<String, Object> results) {
        Function<String, Integer> parse = Integer::valueOf;
        results.put("static", parse.apply("12"));
        results.put("unbound", length().apply("four"));
        Supplier<String> bound = own::toUpperCase;
        results.put("bound", bound.get());
        Supplier<List<String>> constructor = ArrayList::new;
        results.put("constructor", constructor.get());
        IntFunction<String[]> array = String[]::new;
        results.put("array", array.apply(3).length);
        Supplier<int[]> clone = new int[] {1, 2}::clone;
        results.put("clone", clone.get().length);
        BiFunction<Integer, Integer, Pair<Integer, Integer>> pair = Pair::new;
        results.put("two arguments", pair.apply(1, 2).toString());
        Function<String, Pair<String, String>> twice = Pair::twice;
        results.put("private static of another", twice.apply("a").toString());
        results.put("the same each time", length() == length());
    }

    private void captures(Map<String, Object> results) {
        long large = 1L << 40;
        int small = 7;
        double broken = 0.5;
        float single = 0.25f;
        boolean truth = true;
        char letter = 'x';
        Supplier<String> all = () -> "" + large + small + broken + single + truth + letter + own;
        results.put("captured", all.get());
        LongSupplier sum = () -> large + small;
        results.put("captured long", sum.getAsLong());
        DoubleSupplier product = () -> broken * single;
        results.put("captured double", product.getAsDouble());
        var list = new ArrayList<String>();
        Consumer<String> add = list::add;
        add.accept("result left out");
        BiConsumer<String, Integer> put = results::put;
        put.accept("kept", 1);
        results.put("added", list);
        IntUnaryOperator plus = one -> one + small;
        results.put("operator", plus.applyAsInt(1));
        var own = (Runnable & Serializable) () -> results.put("serializable", true);
        own.run();
    }

    private static void conversions(Map<String, Object> results) {
        ToLongFunction<Integer> unboxedAndWidened = Integer::intValue;
        results.put("unbox and widen", unboxedAndWidened.applyAsLong(3));
        ToIntFunction<Character> character = Character::charValue;
        results.put("char to int", character.applyAsInt('a'));
        LongBinaryOperator max = Math::max;
        results.put("long", max.applyAsLong(1, 2));
        Function<Integer, Object> boxed = Math::abs;
        results.put("unbox and box", boxed.apply(-4));
        Callable<Object> nothing = () -> null;
        results.put("null", called(nothing));
        Wide wide = (small, large, broken, any) -> small + large + broken + (Integer) any;
        results.put("wide", wide.of((byte) 1, 2, 3, 4));
        Wide sum = LambdaSamples::sum;
        results.put("widened", sum.of((byte) 1, 2, 3, 4));
        results.put("default", sum.ofOnes());
    }

    private static long sum(long one, float two, double three, Object four) {
        return (long) (one + two + three) + (Integer) four;
    }

    private static Object called(Callable<Object> callable) {
        try {
            return String.valueOf(callable.call());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void hosts(Map<String, Object> results) {
        var square = new Square(2);
        results.put("interface", square.described().get());
        results.put("private of an interface", Shape.namer().apply(square));
        var derived = new Derived();
        results.put("private above", derived.ofBase().get());
        results.put("private below", derived.ofDerived().get());
        results.put("both", derived.ofBoth().get());
        results.put("super", derived.ofSuper().get());
        results.put("stream", Stream.of(3, 1, 2).sorted().map(String::valueOf).collect(Collectors.joining(",")));
        Function<Integer, Function<Integer, Integer>> nested = one -> two -> one * 10 + two;
        results.put("nested", nested.apply(1).apply(2));
    }
}
