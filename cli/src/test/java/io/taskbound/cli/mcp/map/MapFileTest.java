// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp.map;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.policy.LocatedFault;
import io.taskbound.client.TaskDetail;
import io.taskbound.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A map is read whole or not at all, and makes one target of one call. */
class MapFileTest {
    private static final String HEAD = """
            version: 1
            url: https://tickets.acme.example/mcp
            server:
              url: https://mcp.internal.example/mcp
              headers:
                Authorization: {file: /run/secrets/tickets}
            tools:
            """;
    private static final String TOOLS = """
              read_ticket:
                action: read
                identifier: "ticket:{id}"
                arguments: {id: name}
              update_record:
                action: update
                identifier: "record:{kind}/{number}"
                arguments:
                  kind: name
                  number: integer
                  status: [open, closed]
                  note: {is: text, optional: true}
                  urgent: {is: boolean, optional: true}
                  weight: {is: number, optional: true}
              pick:
                action: read
                identifier: "blob:{sha}{uuid}"
                arguments: {sha: sha256, uuid: uuid}
            """;

    @TempDir
    private Path folder;

    private MapFile read(String text) throws Exception {
        return MapFile.read(Files.writeString(folder.resolve("map.yaml"), text));
    }

    private GatewayMap map() throws Exception {
        return read(HEAD + TOOLS).match(map -> map, faults -> {
            throw new AssertionError(faults.toString());
        });
    }

    private List<LocatedFault> faults(String text) throws Exception {
        return read(text).match(map -> List.of(), faults -> faults);
    }

    private MappedCall call(String tool, String arguments) throws Exception {
        return map().tools().get(tool).map(StrictJson.parseObject(arguments.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void readsWhatIsBehindTheGateway() throws Exception {
        assertThat(map().server()).isInstanceOfSatisfying(ServerPlace.Address.class, server -> {
            assertThat(server.url()).hasHost("mcp.internal.example");
            assertThat(server.headers()).containsEntry("Authorization", new SecretPlace.InFile("/run/secrets/tickets"));
        });
        assertThat(map().tools().keySet()).containsExactly("read_ticket", "update_record", "pick");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "read_ticket | {'id':'T-7'} | read ticket:T-7",
                "update_record | {'kind':'car','number':7,'status':'open'} | update record:car/7",
                "update_record | {'number':7.0,'kind':'car','status':'closed','note':'{}//..','urgent':true,'weight':1.5}"
                        + " | update record:car/7",
                "update_record | {'kind':'car','number':-7,'status':'open','note':''} | update record:car/-7",
            })
    void makesOneTargetOfOneCall(String tool, String arguments, String target) throws Exception {
        assertThat(call(tool, arguments.replace('\'', '"')))
                .isInstanceOfSatisfying(
                        MappedCall.Target.class,
                        made -> assertThat(made.action() + " " + made.identifier())
                                .isEqualTo(target));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "read_ticket {}",
                "read_ticket {'id':7}",
                "read_ticket {'id':['T-7']}",
                "read_ticket {'id':null}",
                "read_ticket {'id':''}",
                "read_ticket {'id':'..'}",
                "read_ticket {'id':'a/b'}",
                "read_ticket {'id':'a:b'}",
                "read_ticket {'id':'a b'}",
                "read_ticket {'id':'T-7','extra':1}",
                "read_ticket {'ID':'T-7'}",
                "read_ticket {'id':'T-7','_meta':{}}",
                "update_record {'kind':'car','number':'7','status':'open'}",
                "update_record {'kind':'car','number':7.5,'status':'open'}",
                "update_record {'kind':'car','number':99999999999999999999,'status':'open'}",
                "update_record {'kind':'car','number':9007199254740993,'status':'open'}",
                "update_record {'kind':'car','number':-9007199254740993,'status':'open'}",
                "update_record {'kind':'car','number':7,'status':'OPEN'}",
                "update_record {'kind':'car','number':7}",
                "update_record {'kind':'car','number':7,'status':'open','urgent':'true'}",
                "update_record {'kind':'car','number':7,'status':'open','weight':'1'}",
                "update_record {'kind':'car','number':7,'status':'open','note':7}",
                "pick {'sha':'AB','uuid':'x'}",
            })
    void refusesWhatTheMapDoesNotHave(String call) throws Exception {
        int space = call.indexOf(' ');
        assertThat(call(call.substring(0, space), call.substring(space).replace('\'', '"')))
                .isInstanceOf(MappedCall.Outside.class);
    }

    @Test
    void aSentenceOnARefusedCallRepeatsNoValue() throws Exception {
        var outside = call("read_ticket", "{\"id\": \"<secret>\"}");
        assertThat(outside)
                .hasToString("Outside[why=The argument id must be a string of 1 to 255 letters, digits and ._~@+=,-.]");
    }

    @ParameterizedTest
    @CsvSource({
        "read_ticket,read,ticket:T-7,true",
        "read_ticket,update,ticket:T-7,false",
        "read_ticket,read,ticket:a/b,false",
        "read_ticket,read,ticket:,false",
        "read_ticket,read,xticket:T-7,false",
        "update_record,update,record:car/7,true",
        "update_record,update,record:car/07,false",
        "update_record,update,record:car/x,false",
        "update_record,update,record:car/7/8,false",
    })
    void knowsWhetherATokenPermitsAnyCall(String tool, String action, String identifier, boolean permitted)
            throws Exception {
        assertThat(map().tools().get(tool).isPermitted(TaskDetail.of("t", action, identifier)))
                .isEqualTo(permitted);
    }

    @Test
    void cutsWhatHasOneLength() throws Exception {
        var sha = "ab".repeat(32);
        var uuid = "0a000000-0000-4000-8000-000000000001";
        assertThat(call("pick", "{\"sha\": \"" + sha + "\", \"uuid\": \"" + uuid + "\"}"))
                .isInstanceOf(MappedCall.Target.class);
        assertThat(map().tools().get("pick").isPermitted(TaskDetail.of("t", "read", "blob:" + sha + uuid)))
                .isTrue();
    }

    @Test
    void tellsEveryFaultAtOnceWithItsPlace() throws Exception {
        var faults = faults("""
                version: 2
                url: http://tickets.acme.example/mcp/
                server: {url: "https://x.example/mcp", command: [x], headers: {Host: {}}}
                tools:
                  a b: {action: read, identifier: x}
                  t:
                    action: read!
                    identifer: "x"
                    arguments: {id: digit, "9": name}
                    definition_sha256: abc
                  u:
                    action: read
                    identifier: "{a}-{b}:{c}:{d}"
                    arguments: {a: name, b: name, c: text, e: digits}
                """);
        assertThat(faults.stream().map(LocatedFault::line).distinct().toList()).contains(1, 2, 3, 4, 7, 8, 9, 10, 13);
        assertThat(faults.stream().map(fault -> fault.fault().remedy()))
                .anyMatch(remedy -> remedy.contains("did you mean identifier?"))
                .anyMatch(remedy -> remedy.contains("did you mean digits?"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'{a}-{b}' | {a: name, b: name} | cannot be told",
                "'{a}{b}' | {a: digits, b: digits} | cannot be told",
                "'{a}' | {a: text} | cannot be a part",
                "'{a}' | {a: {is: name, optional: true}} | cannot be a part",
                "'{a}' | {a: [x, y]} | cannot be a part",
                "'{a}' | {b: name} | no argument",
                "'x' | {a: name} | would be good for all",
            })
    void refusesATargetThatArgumentsDoNotTell(String identifier, String arguments, String said) throws Exception {
        var tool = "  t: {action: read, identifier: \"" + identifier + "\", arguments: " + arguments + "}\n";
        assertThat(faults(HEAD + tool))
                .anyMatch(fault -> fault.fault().message().contains(said));
    }

    @Test
    void whatDoesNotChooseTheTargetCanBeSaidToBeSo() throws Exception {
        assertThat(faults(HEAD + "  t: {action: read, identifier: x, arguments: {a: name}, unchecked: [a]}\n"))
                .isEmpty();
        assertThat(faults(HEAD + "  t: {action: read, identifier: \"{a}\", arguments: {a: name}, unchecked: [a]}\n"))
                .anyMatch(fault -> fault.fault().message().contains("so it is checked"));
    }
}
