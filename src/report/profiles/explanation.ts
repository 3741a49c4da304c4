/** What is told of profiles and populations: plain data, as JSON output has it. */
import type { Confidence } from '../../profiles/cited.ts';
import type { ProfileSection } from '../../scenario/settings/profile-kinds.ts';

export interface ProfileSummary {
  /** Section of `profiles:` that the kind has: resolvers, os, apps; populations have none. */
  readonly section: ProfileSection | 'populations';
  /** What it is among its kind, `browsers`; absent where the kind is not divided. */
  readonly group?: string;
  readonly id: string;
  readonly title: string;
  /** The values that matter most, in one line. */
  readonly summary: string;
  /** Id of the profile it shares its values with but for a few. */
  readonly variantOf?: string;
  /** Whether scenarios that name no profile use this one. */
  readonly isDefault: boolean;
}

export interface ProfileValue {
  /** As `explain` and `--set` name it, `serve-stale.answer-ttl`. */
  readonly key: string;
  /** As it is written in scenario files. */
  readonly value: string;
  readonly about: string;
  readonly source: string;
  readonly confidence: Confidence;
  /** Profile that says so: this one, what it is a variant of, or the base of the kind; absent: the format. */
  readonly from?: string;
}

export interface ProfileDifference {
  readonly key: string;
  readonly about: string;
  /** In the order asked for. */
  readonly values: readonly [ProfileValue, ProfileValue];
}

export interface ProfileVariant {
  readonly id: string;
  readonly title: string;
  /** The value here, then in the variant. */
  readonly differences: readonly ProfileDifference[];
}

export interface ProfileExplanation extends ProfileSummary {
  /** As messages name the kind, `resolver profile`. */
  readonly noun: string;
  /** Where a scenario names it, `resolvers.*.profile`. */
  readonly place: string;
  readonly notes: readonly string[];
  /** Profiles that complete this one, the nearest first. */
  readonly completedBy: readonly string[];
  readonly values: readonly ProfileValue[];
  readonly variants: readonly ProfileVariant[];
}

export interface ProfileComparison {
  readonly section: ProfileSection;
  readonly ids: readonly [string, string];
  /** Settings that were compared. */
  readonly compared: number;
  readonly differences: readonly ProfileDifference[];
}
