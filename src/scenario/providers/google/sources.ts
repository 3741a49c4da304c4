/** Where the rules of Google Cloud DNS stand. */
export const OVERVIEW = 'Cloud DNS, routing policies overview';
export const HEALTH_CHECKS = 'Cloud DNS, routing policies overview, health checks';
export const API = 'Cloud DNS API reference, RRSetRoutingPolicy';
export const COMPUTE = 'Compute Engine API reference, healthChecks';
