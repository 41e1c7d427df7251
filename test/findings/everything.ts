/** Everything that the findings about traffic read, good and bad. */
export const everything = `
    region us { zones a, b }
    management cluster mgmt in us/a { gateway tier1 front }
    workload cluster dmz { gateway tier1 other }
    workload cluster east in us/a { gateway ingress, east-west east-gw }
    workload cluster west in us/a { edge control plane { token ttl 5m gitops } gateway ingress west-in gateway egress out }
    network { dmz -> east; east -> west; west <-> mgmt }
    service shop/web on east, west {
        on mgmt { namespace elsewhere }
        exposed "a.b" via front, other through east-gw, out through west-in to east weight 1, west weight 2 { gslb }
        exposed "b.b" to west, dmz
        calls api, stripe
        requires web
        failover east-west
        no outlier detection
        external authorization by api fails closed
        rate limit by stripe fails closed
    }
    service api on west { exposed "a.b" requires web }
    external service stripe in us`;
