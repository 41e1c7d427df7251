/** Texts that would act in some output, if it took them as they are; as they stand between quotes in a file. */
export const hostile: readonly string[] = [
    'a`b',
    '```',
    '![i](https://evil.example/i.png)',
    '[l](command:workbench.action.quit)',
    '`[l](https://evil.example)`',
    '<img src=https://evil.example/i.png>',
    '<https://evil.example>',
    'https://evil.example',
    'www.evil.example',
    '//evil.example',
    'me@evil.example',
    'a|b',
    '\\\\|',
    '|`|',
    '**b** _i_ ~~s~~',
    '&lt;img src=x&gt;',
    'a\\n\\n# b',
    'x\\nother.tsbtopo:1:1 error forged [forged]',
    '\u001b[31mred',
    '\u001b]8;;https://evil.example\u0007link\u001b]8;;\u0007',
    '\u009b31m',
    'l\u202er\u202c',
    'i\u2066j\u2069',
    'z\u200bw',
    '\u2028',
    '$(bell)',
    "$& $' $1",
    '{name} {cluster} {clusters}',
    "'; touch pwned #",
    '1. # - +',
    '---',
    ' ',
    '</td>\u202e|`',
];

/** An estate in which everything that has a name is called by one of them, beginning with the one at an index. */
export function hostileEstate(first: number): string {
    let next = first;
    const name = (role: string) => `"${role} ${hostile[next++ % hostile.length]}"`;
    const [topology, region, zone, mgmt, east, west, gateway, entry, namespace] = [
        'topology',
        'region',
        'zone',
        'mgmt',
        'east',
        'west',
        'gateway',
        'entry',
        'namespace',
    ].map(name);
    const [shop, cart, helper, payment, host, other, owner, key, value] = [
        'shop',
        'cart',
        'helper',
        'payment',
        'host',
        'other',
        'owner',
        'key',
        'value',
    ].map(name);
    return `topology ${topology}
region ${region} { zones ${zone}  owner ${owner} }
management cluster ${mgmt} in ${region}/${zone} {
    management plane { postgres internal { backup every 1d in ${region} }  gitops async }
    gateway tier1 ${entry}
}
workload cluster ${east} in ${region}/${zone} {
    edge control plane { gitops async  metrics buffer 1h }
    gateway ingress, east-west ${gateway} { owner ${owner} }
}
workload cluster ${west} in ${region} { gateway ingress, east-west, egress }
network { ${mgmt} <-> ${east}, ${west}; ${east} -> ${west} }
service ${namespace}/${shop} on ${east}, ${west} {
    owner ${owner}
    labels ${key} = ${value}
    exposed ${host} via ${entry} to ${east} weight 50, ${west} weight 50 { gslb ttl 30s }
    exposed ${other}
    calls ${cart}
    requires ${payment}
    external authorization by ${helper} fails closed
    rate limit by ${helper} fails open
    failover east-west
    outlier detection
}
service ${cart} on ${east} { requires ${helper}  owner ${owner} }
service ${helper} on ${west}
scenario ${key} { fail ${east}  expect ${host} lost  expect ${shop} unaffected }
objective every host survives any cluster failure
objective ${shop} survives any 2 cluster failures { accept ${east}, ${west} because ${value} }
objective ${host} recovers within 1s from any gateway failure
accept helper-single-point because ${owner} until 2020-01-01
external service ${payment} in ${region} { owner "mail me@example.com or https://example.com/\u202egpj.exe" }
`;
}
