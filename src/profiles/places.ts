/**
 * Where regions lie whose names are widely understood: cloud regions of AWS and Google, and plain names such as
 * `us-east`.
 *
 * Cities as the clouds name them (AWS General Reference, "AWS regions"; Compute Engine, "Regions and zones"), coordinates of those cities rounded to a
 * tenth of a degree; plain names stand for the busiest region of that part of the world. Tens of kilometres do not
 * matter here: providers' own tables of where addresses are err by more.
 */

/** Degrees, north and east positive; codes as in ISO 3166-1, ISO 3166-2 and the usual two letters per continent. */
export interface KnownPlace {
  readonly continent: string;
  readonly country: string;
  readonly subdivision?: string;
  readonly latitude: number;
  readonly longitude: number;
}

const place = (
  continent: string,
  country: string,
  latitude: number,
  longitude: number,
  subdivision?: string,
): KnownPlace => ({
  continent,
  country,
  latitude,
  longitude,
  ...(subdivision === undefined ? {} : { subdivision }),
});

const VIRGINIA = place('NA', 'US', 38.9, -77.4, 'VA');
const OHIO = place('NA', 'US', 40.0, -83.0, 'OH');
const CALIFORNIA = place('NA', 'US', 37.4, -121.9, 'CA');
const OREGON = place('NA', 'US', 45.8, -119.7, 'OR');
const IRELAND = place('EU', 'IE', 53.3, -6.3);
const FRANKFURT = place('EU', 'DE', 50.1, 8.7);
const SINGAPORE = place('AS', 'SG', 1.3, 103.8);
const TOKYO = place('AS', 'JP', 35.7, 139.7);
const SYDNEY = place('OC', 'AU', -33.9, 151.2);
const SAO_PAULO = place('SA', 'BR', -23.5, -46.6);
const MUMBAI = place('AS', 'IN', 19.1, 72.9);
const CAPE_TOWN = place('AF', 'ZA', -33.9, 18.4);
const BAHRAIN = place('AS', 'BH', 26.1, 50.6);

/** Places by name of region. */
export const KNOWN_PLACES: Readonly<Record<string, KnownPlace>> = {
  'us-east-1': VIRGINIA,
  'us-east-2': OHIO,
  'us-west-1': CALIFORNIA,
  'us-west-2': OREGON,
  'ca-central-1': place('NA', 'CA', 45.5, -73.6, 'QC'),
  'eu-west-1': IRELAND,
  'eu-west-2': place('EU', 'GB', 51.5, -0.1),
  'eu-west-3': place('EU', 'FR', 48.9, 2.4),
  'eu-central-1': FRANKFURT,
  'eu-north-1': place('EU', 'SE', 59.3, 18.1),
  'eu-south-1': place('EU', 'IT', 45.5, 9.2),
  'ap-southeast-1': SINGAPORE,
  'ap-southeast-2': SYDNEY,
  'ap-northeast-1': TOKYO,
  'ap-northeast-2': place('AS', 'KR', 37.6, 127.0),
  'ap-northeast-3': place('AS', 'JP', 34.7, 135.5),
  'ap-south-1': MUMBAI,
  'ap-east-1': place('AS', 'HK', 22.3, 114.2),
  'sa-east-1': SAO_PAULO,
  'af-south-1': CAPE_TOWN,
  'me-south-1': BAHRAIN,
  'us-central1': place('NA', 'US', 41.3, -95.9, 'IA'),
  'us-east1': place('NA', 'US', 33.2, -80.0, 'SC'),
  'us-east4': VIRGINIA,
  'us-east5': OHIO,
  'us-west1': OREGON,
  'us-west2': place('NA', 'US', 34.1, -118.2, 'CA'),
  'northamerica-northeast1': place('NA', 'CA', 45.5, -73.6, 'QC'),
  'southamerica-east1': SAO_PAULO,
  'europe-west1': place('EU', 'BE', 50.4, 3.8),
  'europe-west2': place('EU', 'GB', 51.5, -0.1),
  'europe-west3': FRANKFURT,
  'europe-west4': place('EU', 'NL', 53.4, 6.8),
  'europe-north1': place('EU', 'FI', 60.6, 27.2),
  'asia-east1': place('AS', 'TW', 24.1, 120.5),
  'asia-northeast1': TOKYO,
  'asia-south1': MUMBAI,
  'asia-southeast1': SINGAPORE,
  'australia-southeast1': SYDNEY,
  us: VIRGINIA,
  'us-east': VIRGINIA,
  'us-central': OHIO,
  'us-west': OREGON,
  eu: IRELAND,
  'eu-west': IRELAND,
  'eu-central': FRANKFURT,
  ap: SINGAPORE,
  asia: SINGAPORE,
  'ap-southeast': SINGAPORE,
  'ap-northeast': TOKYO,
  'ap-south': MUMBAI,
  oceania: SYDNEY,
  sa: SAO_PAULO,
  'sa-east': SAO_PAULO,
  africa: CAPE_TOWN,
  'middle-east': BAHRAIN,
};
