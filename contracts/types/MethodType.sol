// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice How a machine works. In records: `reasoning_model`, `retrieval_augmented`, `rule_based_deterministic`; the
/// fourth of the policy's list, `human_reviewer`, is no machine's.
enum MethodType {
    ReasoningModel,
    RetrievalAugmented,
    RuleBasedDeterministic
}
