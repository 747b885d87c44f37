// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice The closed list of region codes, in alphabetical order. XX is undeclared: it may be registered, and is never
/// eligible for a seat.
enum Region {
    AF,
    APAC,
    CA,
    EU,
    LATAM,
    ME,
    NA,
    NE,
    OC,
    SA,
    SE,
    XX
}
