// SPDX-License-Identifier: Apache-2.0
// Job DSL: a Freestyle job, and a Matrix job whose cells each hold a token of their own.
freeStyleJob('shop/release') {
    wrappers {
        withTaskToken {
            task('sign-release')
            identifier('artifact:acme/shop/app.jar@sha256:${DIGEST}')
        }
    }
    parameters {
        stringParam('DIGEST', '', 'SHA-256 of app.jar')
    }
    steps {
        shell('./sign.sh')
    }
}

matrixJob('shop/deploy-regions') {
    axes {
        text('REGION', 'eu', 'us')
    }
    wrappers {
        withTaskToken {
            task('deploy')
            identifier('service:shop/${REGION}')
        }
    }
    steps {
        shell('./deploy.sh "$REGION"')
    }
}
