import { dump, running } from '../imported.js';
import { east, calls, call, holds, type Row } from './rows.js';

const telemetry: readonly Row[] = [
    [
        'calls that were seen, with how often',
        {
            'east.json': dump(...east, ...running('shop', 'cart')),
            'calls.json': calls([call('web', 'cart'), 1_234_567]),
        },
        'calls shop/cart // seen: about 10^6 requests, calls.json\n',
    ],
    [
        'a call that is rare is kept, and marked',
        {
            'east.json': dump(...east, ...running('shop', 'cart'), ...running('shop', 'mail')),
            'calls.json': calls([call('web', 'cart'), 5_000_000], [call('web', 'mail'), 12]),
        },
        'calls shop/mail // seen: rarely, about 10^1 requests, calls.json\n',
    ],
    [
        'the graph of Kiali: from workloads to services, and not from services to what is behind them',
        {
            'east.json': dump(...east, ...running('shop', 'cart')),
            'kiali.json': JSON.stringify({
                timestamp: 1,
                duration: 600,
                graphType: 'versionedApp',
                elements: {
                    nodes: [
                        { data: { id: 'a', nodeType: 'app', namespace: 'shop', workload: 'web', app: 'web' } },
                        { data: { id: 'b', nodeType: 'service', namespace: 'shop', service: 'cart' } },
                        { data: { id: 'c', nodeType: 'app', namespace: 'shop', workload: 'cart', app: 'cart' } },
                    ],
                    edges: [
                        { data: { source: 'a', target: 'b', traffic: { protocol: 'http', rates: { http: '2.50' } } } },
                        { data: { source: 'b', target: 'c', traffic: { protocol: 'http', rates: { http: '2.50' } } } },
                    ],
                },
            }),
        },
        'calls shop/cart // seen: about 10^3 requests, kiali.json\n',
    ],
];

holds('what was observed', telemetry);
