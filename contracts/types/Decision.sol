// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice What a human decided about a mission. In the signed text it is the word `approve` or `reject`.
enum Decision {
    None,
    Approve,
    Reject
}
