// SPDX-License-Identifier: Apache-2.0
package com.example.signer;

import io.taskbound.spring.RequiresTask;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** A signing service. Each call needs a task token that permits to sign exactly the bytes that it sends. */
@RestController
@SpringBootApplication
public class SignerApplication {
    @PostMapping("/sign/{owner}/{project}/{name}")
    @RequiresTask(action = "sign", identifier = "artifact:{owner}/{project}/{name}@sha256:{digest}")
    public String sign(@PathVariable String name, @RequestBody byte[] artifact) {
        return "signed " + name + ", " + artifact.length + " bytes\n";
    }

    public static void main(String[] args) {
        SpringApplication.run(SignerApplication.class, args);
    }
}
