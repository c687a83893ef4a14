import java.io.FileInputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Element;

/** Asks veraPDF whether PDF files are what they say they are: VeraPdf.java PDFA-2A,PDFUA-1 FILE... */
public class VeraPdf {
    public static void main(String[] given) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        boolean holds = true;
        for (String name : given[0].split(",")) {
            ValidationProfile profile = profile(name);
            for (String file : List.of(given).subList(1, given.length)) {
                try (var foundry = Foundries.defaultInstance();
                        var parser = foundry.createParser(new FileInputStream(file), profile.getPDFAFlavour());
                        var validator = foundry.createValidator(profile, false)) {
                    var found = validator.validate(parser);
                    holds &= found.isCompliant();
                    System.out.printf("%s %s %s, %d checks by %d rules%n", found.isCompliant() ? "PASS" : "FAIL",
                            name, file, found.getTotalAssertions(), profile.getRules().size());
                    for (TestAssertion each : found.getTestAssertions()) {
                        System.out.printf("  %s: %s%n", each.getRuleId().getClause(), each.getMessage());
                    }
                }
            }
        }
        System.exit(holds ? 0 : 1);
    }

    /** Reads a profile as it stands beside the program, whose own reader of them is not in every build. */
    private static ValidationProfile profile(String name) throws Exception {
        var resource = Foundries.class.getResourceAsStream("/org/verapdf/pdfa/validation/" + name + ".xml");
        Element root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(resource).getDocumentElement();
        Set<Rule> rules = new HashSet<>();
        for (Element rule : all(root, "rule")) {
            Element id = first(rule, "id");
            List<ErrorArgument> arguments = new ArrayList<>();
            for (Element each : all(rule, "argument")) {
                arguments.add(ErrorArgumentImpl.fromValues(each.getTextContent(), null, null));
            }
            rules.add(Profiles.ruleFromValues(
                    Profiles.ruleIdFromValues(PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
                            id.getAttribute("clause"), Integer.parseInt(id.getAttribute("testNumber"))),
                    rule.getAttribute("object"), Boolean.valueOf(rule.getAttribute("deferred")),
                    rule.getAttribute("tags"), words(rule, "description"), words(rule, "test"),
                    Profiles.errorFromValues(words(rule, "message"), arguments), List.of()));
        }
        Set<Variable> variables = new HashSet<>();
        for (Element each : all(root, "variable")) {
            variables.add(Profiles.variableFromValues(each.getAttribute("name"), each.getAttribute("object"),
                    words(each, "defaultValue"), words(each, "value")));
        }
        return Profiles.profileFromValues(PDFAFlavour.valueOf(root.getAttribute("flavour")),
                Profiles.profileDetailsFromValues(name, name, name, new java.util.Date(0)), "", rules, variables);
    }

    private static List<Element> all(Element under, String tag) {
        var found = under.getElementsByTagName(tag);
        return IntStream.range(0, found.getLength()).mapToObj(place -> (Element) found.item(place)).toList();
    }

    private static Element first(Element under, String tag) {
        return all(under, tag).get(0);
    }

    private static String words(Element under, String tag) {
        return first(under, tag).getTextContent();
    }
}
