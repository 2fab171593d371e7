// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.interop;

import static io.taskbound.cli.overhttp.TestPolicy.CLOUD_AUDIENCE;
import static io.taskbound.cli.overhttp.TestPolicy.DEPLOYER_AUDIENCE;
import static io.taskbound.cli.overhttp.TestPolicy.deploy;
import static io.taskbound.cli.overhttp.TestPolicy.publish;
import static io.taskbound.cli.overhttp.TestPolicy.secretOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskbound.cli.overhttp.LiveIssuer;
import io.taskbound.cli.overhttp.OneIssuer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OAuth2IntrospectionException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.oauth2.server.resource.introspection.SpringOpaqueTokenIntrospector;

/** A resource server built on Spring Security, with settings that its users have and no code of ours. */
@ExtendWith(OneIssuer.class)
class SpringResourceServerTest {
    private final LiveIssuer issuer;

    SpringResourceServerTest(LiveIssuer issuer) {
        this.issuer = issuer;
    }

    @Test
    void decodesATaskTokenByTheKeySet() {
        var jwt = accessTokens(DEPLOYER_AUDIENCE).decode(issuer.mint(deploy()));
        assertThat(jwt.getAudience()).containsExactly(DEPLOYER_AUDIENCE);
        assertThat(jwt.getSubject()).startsWith("task:deploy:github:");
        assertThat(jwt.getId()).isNotEmpty();
    }

    @Test
    void decodesATaskTokenByTheIssuerAlone() {
        var decoder = NimbusJwtDecoder.withIssuerLocation(issuer.url())
                .validateType(false)
                .build();
        decoder.setJwtValidator(profileOfAccessTokens(DEPLOYER_AUDIENCE));
        assertThat(decoder.decode(issuer.mint(deploy())).getIssuer()).hasToString(issuer.url());
    }

    @Test
    void decodesATokenOfTypeJwtWithItsDefaultDecoder() {
        var decoder = NimbusJwtDecoder.withIssuerLocation(issuer.url()).build();
        assertThat(decoder.decode(issuer.mint(publish())).getAudience()).containsExactly(CLOUD_AUDIENCE);
    }

    @Test
    void refusesATaskTokenOfItsOwnTypeWithTheDefaultDecoder() {
        var decoder = NimbusJwtDecoder.withIssuerLocation(issuer.url()).build();
        var token = issuer.mint(deploy());
        // why the policy has a setting for the type
        assertThatThrownBy(() -> decoder.decode(token)).isInstanceOf(BadJwtException.class);
    }

    @Test
    void refusesATokenForAnotherServer() {
        var token = issuer.mint(deploy());
        var decoder = accessTokens(CLOUD_AUDIENCE);
        assertThatThrownBy(() -> decoder.decode(token)).isInstanceOf(JwtException.class);
    }

    @Test
    void refusesAnIdTokenOfTheCi() {
        var idToken = issuer.idToken();
        var decoder = accessTokens(DEPLOYER_AUDIENCE);
        assertThatThrownBy(() -> decoder.decode(idToken)).isInstanceOf(BadJwtException.class);
    }

    @Test
    void refusesATokenThatWasTouched() {
        var token = issuer.mint(deploy());
        var last = token.lastIndexOf('.') + 1;
        var touched = token.substring(0, last) + (token.charAt(last) == 'A' ? 'B' : 'A') + token.substring(last + 1);
        var decoder = accessTokens(DEPLOYER_AUDIENCE);
        assertThatThrownBy(() -> decoder.decode(touched)).isInstanceOf(BadJwtException.class);
    }

    @Test
    void introspectsALiveToken() {
        var principal = introspector("deployer").introspect(issuer.mint(deploy()));
        assertThat(principal.<String>getAttribute("sub")).startsWith("task:deploy:github:");
        assertThat(principal.<Object>getAttribute("aud")).asString().contains(DEPLOYER_AUDIENCE);
    }

    @Test
    void refusesARevokedTokenAtTheNextIntrospection() {
        var token = issuer.mint(deploy());
        var introspector = introspector("deployer");
        assertThat(introspector.introspect(token)).isNotNull();
        assertThat(issuer.revoke(token).status()).isEqualTo(200);
        assertThatThrownBy(() -> introspector.introspect(token)).isInstanceOf(BadOpaqueTokenException.class);
    }

    @Test
    void refusesALiveTokenOfAnotherServer() {
        var token = issuer.mint(deploy());
        assertThatThrownBy(() -> introspector("cloud").introspect(token)).isInstanceOf(BadOpaqueTokenException.class);
    }

    @Test
    void refusesTextThatIsNoToken() {
        assertThatThrownBy(() -> introspector("deployer").introspect("not a token"))
                .isInstanceOf(BadOpaqueTokenException.class);
    }

    @Test
    void doesNotTakeAWrongSecretForADeadToken() {
        var token = issuer.mint(deploy());
        var stranger = SpringOpaqueTokenIntrospector.withIntrospectionUri(issuer.url() + "/introspect")
                .clientId("deployer")
                .clientSecret(secretOf("cloud"))
                .build();
        assertThatThrownBy(() -> stranger.introspect(token))
                .isInstanceOf(OAuth2IntrospectionException.class)
                .isNotInstanceOf(BadOpaqueTokenException.class);
    }

    /** RFC 9068, as Spring Security spells it; its check of the type happens in the validator. */
    private JwtDecoder accessTokens(String audience) {
        var decoder = NimbusJwtDecoder.withJwkSetUri(issuer.url() + "/.well-known/jwks.json")
                .jwsAlgorithm(SignatureAlgorithm.ES256)
                .validateType(false)
                .build();
        decoder.setJwtValidator(profileOfAccessTokens(audience));
        return decoder;
    }

    private OAuth2TokenValidator<Jwt> profileOfAccessTokens(String audience) {
        return JwtValidators.createAtJwtValidator()
                .issuer(issuer.url())
                .audience(audience)
                .clientId("github")
                .build();
    }

    private OpaqueTokenIntrospector introspector(String server) {
        return SpringOpaqueTokenIntrospector.withIntrospectionUri(issuer.url() + "/introspect")
                .clientId(server)
                .clientSecret(secretOf(server))
                .build();
    }
}
