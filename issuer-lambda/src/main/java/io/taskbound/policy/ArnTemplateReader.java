// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.task.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads {@code resources} of an {@code aws-role}: identifier forms, each with the ARNs that it stands for. */
final class ArnTemplateReader {
    private static final int MAX_FORMS = 16;
    private static final int MAX_FORM = 256;
    private static final int MAX_ARNS = 8;
    private static final int MAX_ARN = 512;
    private static final int ARN_PARTS = 6;
    private static final String S3 = "s3:";
    private static final String EXAMPLE =
            "\"table:{name}\": [\"arn:aws:dynamodb:eu-central-1:111122223333:table/{name}\"]";

    private final DocumentReader reader;
    private final Faults faults;
    private final Optional<String> partition;

    /** @param role the role's ARN, where it could be read: the templates must be of its partition */
    ArnTemplateReader(DocumentReader reader, Faults faults, Optional<String> role) {
        this.reader = reader;
        this.faults = faults;
        this.partition = role.map(arn -> arn.split(":", -1)[1]);
    }

    List<ArnTemplate> read(Place place) {
        var entries = reader.any(place);
        if (DocumentReader.isMapping(place) && (entries.isEmpty() || entries.size() > MAX_FORMS)) {
            faults.shape(FaultCode.BAD_LENGTH, place, "must hold 1 to " + MAX_FORMS + " forms", "write " + EXAMPLE);
        }
        var templates = new ArrayList<ArnTemplate>();
        entries.forEach((form, arns) -> {
            var read = form(form, arns);
            var texts = arns(arns, read);
            read.ifPresent(text -> templates.add(new ArnTemplate(form, texts)));
        });
        apart(templates, place);
        return templates;
    }

    private Optional<BracedText> form(String form, Place place) {
        if (form.isEmpty() || form.codePointCount(0, form.length()) > MAX_FORM) {
            faults.shape(
                    FaultCode.BAD_NAME,
                    place,
                    "an identifier's form must be 1 to " + MAX_FORM + " characters long",
                    "write a shorter one, such as table:{name}");
            return Optional.empty();
        }
        try {
            var text = BracedText.parse(form);
            var flaw = flaw(form, text);
            flaw.ifPresent(bad -> faults.error(FaultCode.ARN_TEMPLATE, place, bad.what(), bad.remedy()));
            return flaw.isPresent() ? Optional.empty() : Optional.of(text);
        } catch (BadPattern bad) {
            faults.error(FaultCode.ARN_TEMPLATE, place, "the identifier's form " + bad.what(), bad.remedy());
            return Optional.empty();
        }
    }

    private static Optional<Flaw> flaw(String form, BracedText text) {
        if (form.startsWith(S3)) {
            return Optional.of(new Flaw(
                    "identifiers that begin with s3: stand for S3 objects by themselves",
                    "remove it, or begin the form with another word"));
        }
        if (text.parts().get(0).isName() || text.parts().get(0).text().indexOf(':') < 0) {
            return Optional.of(new Flaw(
                    "an identifier's form must begin with a word and a colon", "write one such as table:{name}"));
        }
        if (!text.isClear()) {
            return Optional.of(new Flaw(
                    "an identifier can be of this form in more than one way",
                    "write each name once, and after it one of / : @ + = , ~ or nothing"));
        }
        var sample = text.names().stream().collect(Collectors.toMap(name -> name, name -> "x"));
        return Identifier.fault(text.fill(sample))
                .map(fault -> new Flaw("no identifier is of this form: it " + fault, "write " + Identifier.RULE));
    }

    private List<String> arns(Place place, Optional<BracedText> form) {
        var arns = new ArrayList<String>();
        for (var item : reader.items(place, 1, MAX_ARNS)) {
            reader.text(item, MAX_ARN).ifPresent(text -> {
                if (arns.contains(text)) {
                    faults.shape(FaultCode.LISTED_TWICE, item, "is listed twice", "remove one of them");
                }
                arns.add(text);
                check(item, text, form);
            });
        }
        return arns;
    }

    private void check(Place place, String arn, Optional<BracedText> form) {
        try {
            var text = BracedText.parse(arn);
            var flaw = flaw(arn).or(() -> form.flatMap(names -> foreignName(text, names)));
            flaw.ifPresent(bad -> faults.error(FaultCode.ARN_TEMPLATE, place, bad.what(), bad.remedy()));
            if (flaw.isEmpty()
                    && form.filter(names -> !text.names().containsAll(names.names()))
                            .isPresent()) {
                faults.warning(
                        FaultCode.FIXED_RESOURCE,
                        place,
                        "is the same for several identifiers: it does not use every name of their form",
                        "write every {name} of the form in it");
            }
        } catch (BadPattern bad) {
            faults.error(FaultCode.ARN_TEMPLATE, place, bad.what(), bad.remedy());
        }
    }

    private static Optional<Flaw> foreignName(BracedText arn, BracedText form) {
        return arn.names().stream()
                .filter(name -> !form.names().contains(name))
                .findFirst()
                .map(name -> new Flaw(
                        "{" + name + "} does not stand in the identifier's form",
                        "write the names that the form has, or none"));
    }

    private Optional<Flaw> flaw(String arn) {
        var parts = arn.split(":", ARN_PARTS);
        if (parts.length < ARN_PARTS || !parts[0].equals("arn") || parts[ARN_PARTS - 1].isEmpty()) {
            return Optional.of(new Flaw("is not an ARN", "write arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE"));
        }
        for (int i = 1; i < ARN_PARTS - 1; i++) {
            if (!parts[i].isEmpty() && !AsciiText.isOf(parts[i], "-")) {
                return Optional.of(new Flaw(
                        "has a name or a sign in front of the resource", "write service, region and account in full"));
            }
        }
        if (partition.filter(own -> !own.equals(parts[1])).isPresent()) {
            return Optional.of(
                    new Flaw("is of another partition than the role", "begin it with arn:" + partition.orElseThrow()));
        }
        if (Set.of("s3", "iam", "sts", "organizations", "account").contains(parts[2])) {
            return Optional.of(new Flaw(
                    "names " + parts[2] + ", of which no template may",
                    parts[2].equals("s3") ? "remove it, and write identifiers as s3:bucket/prefix/" : "remove it"));
        }
        return resource(parts[ARN_PARTS - 1]);
    }

    /** IAM reads {@code *}, {@code ?} and <code>${</code> as patterns. */
    private static Optional<Flaw> resource(String resource) {
        boolean open = resource.endsWith("/*") || resource.endsWith(":*");
        var fixed = open ? resource.substring(0, resource.length() - 1) : resource;
        if (fixed.indexOf('*') >= 0) {
            return Optional.of(new Flaw(
                    "has a * that opens more than one target",
                    "write the target in full; a * may only be the last character, after a / or :"));
        }
        if (open && fixed.indexOf('{') < 0) {
            return Optional.of(new Flaw("opens everything there, for every identifier", "write a {name} before the *"));
        }
        return AsciiText.isOf(fixed, "._~@+=,/:{}-")
                ? Optional.empty()
                : Optional.of(new Flaw(
                        "has a character that no resource of a template may have",
                        "write letters, digits and . _ ~ @ + = , / : - besides {name}"));
    }

    /** Which one an identifier is of must not depend on an order: the canonical form of a policy keeps none. */
    private void apart(List<ArnTemplate> templates, Place place) {
        for (int i = 0; i < templates.size(); i++) {
            for (int j = i + 1; j < templates.size(); j++) {
                var first = templates.get(i).identifier();
                var second = templates.get(j).identifier();
                if (Overlap.between(BracedText.checked(first), BracedText.checked(second))) {
                    faults.error(
                            FaultCode.ARN_TEMPLATE,
                            place,
                            "an identifier can be of two forms: " + Shown.text(first) + " and " + Shown.text(second),
                            "begin each form with another word");
                }
            }
        }
    }
}
