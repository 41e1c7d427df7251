/** A text in which one construct grows, and all else stays as small as it can be. */
export interface Growing {
    readonly construct: string;
    /** The size at which to begin; it is doubled from there. */
    readonly from: number;
    readonly textOf: (size: number) => string;
}

const each = (size: number, of: (index: number) => string, between = '\n') =>
    Array.from({ length: size }, (_, index) => of(index)).join(between);

const head = 'topology scaling\nmanagement cluster mgmt\n';

/** Every construct of the language of which a file can have many. */
export const growing: readonly Growing[] = [
    {
        construct: 'clusters',
        from: 100,
        textOf: (size) => head + each(size, (index) => `workload cluster c${index}`),
    },
    {
        construct: 'gateways of one cluster',
        from: 100,
        textOf: (size) =>
            `${head}workload cluster a {\n${each(size, (index) => `gateway ingress g${index}`)}\n}\nservice s on a`,
    },
    {
        construct: 'lines of the network',
        from: 100,
        textOf: (size) =>
            `${head}${each(size, (index) => `workload cluster c${index}`)}\nnetwork {\n${each(size - 1, (index) => `c${index} <-> c${index + 1}`)}\n}`,
    },
    {
        construct: 'names on both sides of one line of the network',
        from: 25,
        textOf: (size) => {
            const names = each(size, (index) => `c${index}`, ', ');
            return `${head}${each(size, (index) => `workload cluster c${index}`)}\nnetwork { ${names} <-> ${names} }`;
        },
    },
    {
        construct: 'the same, with a service on each that calls into the next',
        from: 25,
        textOf: (size) => {
            const names = each(size, (index) => `c${index}`, ', ');
            return `${head}${each(size, (index) => `workload cluster c${index} { gateway east-west }`)}\nnetwork { ${names} <-> ${names} }\n${each(size - 1, (index) => `service s${index} on c${index} { failover east-west  calls s${index + 1} }`)}\nservice s${size - 1} on c${size - 1} { failover east-west }`;
        },
    },
    {
        construct: 'services in a chain of `calls`',
        from: 100,
        textOf: (size) =>
            `${head}workload cluster a\n${each(size, (index) => `service s${index} on a { calls s${index + 1} }`)}\nservice s${size} on a`,
    },
    {
        construct: 'services in a chain of `requires`',
        from: 50,
        textOf: (size) =>
            `${head}workload cluster a\n${each(size, (index) => `service s${index} on a { requires s${index + 1} }`)}\nservice s${size} on a`,
    },
    {
        construct: 'helpers in a chain of `external authorization by`',
        from: 50,
        textOf: (size) =>
            `${head}workload cluster a\n${each(size, (index) => `service s${index} on a { external authorization by s${index + 1} fails closed }`)}\nservice s${size} on a`,
    },
    {
        construct: 'services that one service calls',
        from: 100,
        textOf: (size) =>
            `${head}workload cluster a\n${each(size, (index) => `service s${index} on a`)}\nservice all on a { calls ${each(size, (index) => `s${index}`, ', ')} }`,
    },
    {
        construct: 'homes of one service that fails over',
        from: 25,
        textOf: (size) =>
            `${head}${each(size, (index) => `workload cluster c${index} { gateway ingress, east-west }`)}\nservice s on ${each(size, (index) => `c${index}`, ', ')} { failover east-west  outlier detection  exposed "a.example.com" }`,
    },
    {
        construct: 'homes of one service, each of which another one calls',
        from: 25,
        textOf: (size) => {
            const names = each(size, (index) => `c${index}`, ', ');
            return `${head}${each(size, (index) => `workload cluster c${index} { gateway east-west }`)}\nnetwork { ${names} <-> ${names} }\nservice shop on ${names} { calls pay }\nservice pay on ${names} { failover east-west }`;
        },
    },
    {
        construct: 'hosts of one service',
        from: 50,
        textOf: (size) =>
            `${head}workload cluster a { gateway ingress }\nservice s on a {\n${each(size, (index) => `exposed "h${index}.example.com"`)}\n}`,
    },
    {
        construct: 'gateways of one hop (`through`)',
        from: 10,
        textOf: (size) =>
            `${head}workload cluster a { gateway ingress }\nworkload cluster t {\ngateway tier1 entry\n${each(size, (index) => `gateway tier1 t${index}`)}\n}\nservice s on a { exposed "a.example.com" via entry through ${each(size, (index) => `t${index}`, ', ')} to a }`,
    },
    {
        construct: 'hops of two gateways each (`through`)',
        from: 2,
        textOf: (size) =>
            `${head}workload cluster a { gateway ingress }\nworkload cluster t {\ngateway tier1 entry\n${each(2 * size, (index) => `gateway tier1 t${index}`)}\n}\nservice s on a { exposed "a.example.com" via entry ${each(size, (index) => `through t${2 * index}, t${2 * index + 1}`, ' ')} to a }`,
    },
    {
        construct: 'labels of one service',
        from: 200,
        textOf: (size) =>
            `${head}workload cluster a\nservice s on a { labels ${each(size, (index) => `k${index} = "v"`, ', ')} }`,
    },
    {
        construct: 'unknown names',
        from: 200,
        textOf: (size) => `${head}workload cluster a\n${each(size, (index) => `service s${index} on nowhere${index}`)}`,
    },
    {
        construct: 'names that are declared twice',
        from: 200,
        textOf: (size) => `${head}workload cluster a\n${'service s on a\n'.repeat(size)}`,
    },
    {
        construct: 'mistakes',
        from: 200,
        textOf: (size) => `${head}${each(size, (index) => `sevice s${index} onn a`)}`,
    },
];
