// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {HashToCurve} from "../libraries/HashToCurve.sol";

/// @title Opens the hash to the curve to tests with any message and tag.
contract BlsHarness {
    function hashToG1(bytes calldata message, bytes calldata tag) external view returns (bytes memory point) {
        point = new bytes(128);
        uint256 target;
        assembly ("memory-safe") {
            target := add(point, 0x20)
        }
        HashToCurve.toG1(message, tag, target);
    }
}
