/** What import reads of a cluster. */
const kinds = [
    'nodes,namespaces,services,deployments,statefulsets,hpa,managementplane,controlplane',
    'ingressgateways.install.tetrate.io,tier1gateways.install.tetrate.io,egressgateways.install.tetrate.io',
    'gateways.install.tetrate.io,serviceentries,destinationrules,workloadgroups,workloadentries',
];

/** Those of TSB and of each cluster in one line, which runs only once somebody has put in the names and pressed Enter. */
export const howLine = [
    'mkdir -p tsb dumps',
    'tctl get organizationsetting -o json > tsb/organization.json',
    'tctl get clusters -o json > tsb/clusters.json',
    'tctl get all --org ORG --tenant T -o yaml > tsb/T.yaml',
    `for c in mgmt east west; do kubectl --context $c get ${kinds.join(',')} -A -o json > dumps/$c.json; done`,
].join('; ');

/** The command lines that make what import reads. They read, and change nothing. */
export const howText = `Make dumps with these, then: tsbtopo import tsb dumps -o ORG.import.tsbtopo

  mkdir -p tsb dumps

  # what TSB has of the organization, of its clusters, and of each tenant
  tctl get organizationsetting -o json > tsb/organization.json
  tctl get clusters -o json            > tsb/clusters.json
  tctl get all --org ORG --tenant T -o yaml > tsb/T.yaml

  # what runs in each cluster; call the file as TSB calls the cluster
  for c in mgmt east west; do kubectl --context $c get \\
    ${kinds.join(',\\\n')} \\
    -A -o json > dumps/$c.json; done

  # who called whom in 30 days: of a Prometheus that has the metrics of the mesh
  curl -G "$PROMETHEUS/api/v1/query" --data-urlencode 'query=
    sum by (source_workload, source_workload_namespace, source_cluster, destination_service,
            destination_service_name, destination_service_namespace, destination_cluster)
        (increase(istio_requests_total{reporter="destination"}[30d]))' > dumps/calls.json

  # if Terraform has objects of Kubernetes or Helm: what it keeps, or what a plan would make of it.
  # What Terraform marks as sensitive stands in this file as plain text; import does not look at it, but delete the file
  terraform show -json      > tsb/terraform.json
  terraform show -json PLAN > tsb/terraform.json

JSON is read much faster than YAML. No Secret is asked for, and none would be read.
These lines could not be tried against a real tctl and cluster here; leave out kinds that yours does not know.
`;
