// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title What the identity registry asks of the controller of genesis phases.
interface IPhaseController {
    /// @notice True from the instant in which phase G1 is activated, for ever.
    function founderPowerEnded() external view returns (bool);
}
