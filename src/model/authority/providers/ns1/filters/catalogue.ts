/** Every filter by its name in NS1's interface (ns1-go rest/model/filter/filter.go). */
import type { Filter } from './filter.ts';
import {
  GEOFENCE_COUNTRY,
  GEOFENCE_REGIONAL,
  GEOTARGET_COUNTRY,
  GEOTARGET_LATLONG,
  GEOTARGET_REGIONAL,
  NETFENCE_ASN,
  NETFENCE_PREFIX,
} from './place.ts';
import {
  PULSAR_AVAILABILITY_SORT,
  PULSAR_AVAILABILITY_THRESHOLD,
  PULSAR_PERFORMANCE_SORT,
  PULSAR_PERFORMANCE_STABILIZE,
} from './pulsar.ts';
import {
  IPV4_PREFIX_SHUFFLE,
  SELECT_FIRST_N,
  SELECT_FIRST_REGION,
  SHUFFLE,
  STICKY,
  STICKY_REGION,
  WEIGHTED_SHUFFLE,
  WEIGHTED_STICKY,
} from './selection.ts';
import { COST, PRIORITY, SHED_LOAD, UP } from './status.ts';

export const FILTERS: Readonly<Record<string, Filter>> = {
  up: UP,
  priority: PRIORITY,
  cost: COST,
  shuffle: SHUFFLE,
  weighted_shuffle: WEIGHTED_SHUFFLE,
  sticky: STICKY,
  weighted_sticky: WEIGHTED_STICKY,
  sticky_region: STICKY_REGION,
  select_first_n: SELECT_FIRST_N,
  select_first_region: SELECT_FIRST_REGION,
  geotarget_country: GEOTARGET_COUNTRY,
  geotarget_regional: GEOTARGET_REGIONAL,
  geotarget_latlong: GEOTARGET_LATLONG,
  geofence_country: GEOFENCE_COUNTRY,
  geofence_regional: GEOFENCE_REGIONAL,
  netfence_asn: NETFENCE_ASN,
  netfence_prefix: NETFENCE_PREFIX,
  ipv4_prefix_shuffle: IPV4_PREFIX_SHUFFLE,
  shed_load: SHED_LOAD,
  pulsar_performance_sort: PULSAR_PERFORMANCE_SORT,
  pulsar_performance_stabilize: PULSAR_PERFORMANCE_STABILIZE,
  pulsar_availability_sort: PULSAR_AVAILABILITY_SORT,
  pulsar_availability_threshold: PULSAR_AVAILABILITY_THRESHOLD,
};
