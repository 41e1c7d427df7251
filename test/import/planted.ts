import { parse } from 'yaml';
import { stateOf, type HeldBy } from './terraform-state.js';

/** A secret that would be recognised anywhere. */
export const secret = 'h8nter2-PLANTED';

/** An object with the secret where a name is read. */
const wholly = `apiVersion: install.tetrate.io/v1alpha1
kind: ControlPlane
metadata: { name: ${secret}, namespace: istio-system }
spec: { managementPlane: { clusterName: ${secret} } }
`;

function asObject(document: string): boolean {
    try {
        return typeof parse(document) === 'object';
    } catch {
        return false;
    }
}

/** Documents with the secret in every place where it must not be read. */
export const planted: readonly string[] = [
    `apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\n  namespace: shop\nstringData:\n  password: ${secret}\n`,
    `apiVersion: v1\nkind: Secret\nmetadata: { name: ${secret} }\ndata: { password: ${secret} }\n`,
    `{apiVersion: v1, kind: Secret, metadata: {name: a}, data: {p: ${secret}}}\n`,
    `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${secret} }\ndata: { a: ${secret} }\n`,
    `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n  managedFields:\n  - manager: ${secret}\n  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: |\n      {"data":{"p":"${secret}"}}\n    ${secret}: ${secret}\n`,
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web, namespace: shop }\nspec:\n  replicas: 2\n  template:\n    metadata: { labels: { app: web } }\n    spec:\n      containers:\n      - name: web\n        env:\n        - name: PASSWORD\n          value: ${secret}\n        args: ["--password=${secret}"]\n`,
    `apiVersion: v1\nkind: Service\nmetadata: { name: web, namespace: shop }\nspec:\n  selector: { app: web }\n  ${secret}: 1\nstatus: { x: ${secret} }\n`,
    `secrets:\n  elasticsearch:\n    password: ${secret}\nspec:\n  managementPlane: { clusterName: east, host: a.example.com }\n  components:\n    gitops: { enabled: true }\n    other: { token: ${secret} }\n`,
    `apiVersion: install.tetrate.io/v1alpha1\nkind: ManagementPlane\nmetadata: { name: m }\nspec:\n  dataStore:\n    postgres: { address: "db.example.com:5432", password: ${secret} }\n  identityProvider:\n    ldap: { host: l, search: { bindDN: ${secret} } }\n`,
    `apiVersion: api.tsb.tetrate.io/v2\nkind: Cluster\nmetadata: { name: east }\nspec:\n  serviceAccount: { JWK: '${secret}' }\n  tokenTtl: ${secret}\n`,
    `apiVersion: gateway.tsb.tetrate.io/v2\nkind: IngressGateway\nmetadata: { name: g, tenant: t }\nspec:\n  http:\n  - hostname: shop.example.com\n    authentication: { jwt: { key: ${secret} } }\n    routing: { rules: [{ route: { host: shop/web.shop.svc.cluster.local, token: ${secret} } }] }\n`,
    `apiVersion: v1\nkind: Namespace\nmetadata: { name: shop, token: "${secret}\n`,
    `apiVersion: v1\nkind: Namespace\nmetadata:\n\t${secret}: ${secret}\n`,
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a, namespace: shop }\nspec:\n  replicas: ${secret}\n`,
    `apiVersion: v1\nkind: Namespace\nmetadata: ${secret}\n`,
    `password: ${secret}\n`,
    `- ${secret}\n`,
    `${secret}\n`,
    `{"status":"success","data":{"result":[{"metric":{"password":"${secret}"},"value":[1,"2"]}]}}\n`,
];

/** The same documents as Terraform keeps them, and what it keeps beside: whatever it marks is a secret as a whole. */
export const plantedInTerraform: readonly string[] = [
    ...planted.flatMap((document) => [
        stateOf([document], 'kubectl_manifest'),
        stateOf([document], 'helm_release'),
        stateOf([document], 'local_file'),
        ...(asObject(document) ? [stateOf([document], 'kubernetes_manifest')] : []),
    ]),
    ...(['kubectl_manifest', 'helm_release', 'local_file', 'kubernetes_manifest'] as const).map((type: HeldBy) =>
        stateOf([wholly], type, { isMarked: true }),
    ),
    JSON.stringify({
        ...(JSON.parse(stateOf([])) as object),
        variables: { password: { value: secret } },
        outputs: { token: { sensitive: true, value: secret } },
        configuration: { provider_config: { kubernetes: { token: { constant_value: secret } } } },
        prior_state: JSON.parse(stateOf([wholly], 'kubectl_manifest')) as object,
        resource_changes: [{ change: { before: wholly, after: wholly } }],
    }),
    JSON.stringify({ version: 4, terraform_version: '1.9.8', lineage: secret, resources: [{ instances: [secret] }] }),
];
