/** An estate without services; comparisons give it one. */
export const head = `topology shop
region us-east
region eu-west
management cluster mgmt in us-east { management plane { postgres external in eu-west { backup } } }
workload cluster east in us-east { gateway ingress }
workload cluster west in eu-west { gateway ingress }
`;

/** A service that clients reach in these clusters. */
export const service = (homes: string) =>
    `service checkout on ${homes} { exposed "shop.example.com" { gslb ttl 30s }  outlier detection }\n`;
