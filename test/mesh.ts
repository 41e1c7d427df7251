/** So many names of clusters, each in a phrase. */
export function namesOf(size: number, phrase = (name: string) => name, between = ', '): string {
    return Array.from({ length: size }, (_, index) => phrase(`c${index}`)).join(between);
}

/** So many clusters that all reach each other, by the lines that are given; by one, where none are. */
export function mesh(size: number, lines = `${namesOf(size)} <-> ${namesOf(size)}`): string {
    return `topology mesh
management cluster mgmt
${namesOf(size, (name) => `workload cluster ${name} { gateway ingress, east-west }`, '\n')}
network {
${lines}
}
service db on c1, c2 { failover east-west  outlier detection }
service shop on c3, c4 { requires db  failover east-west  exposed "shop.example.com" }
`;
}
