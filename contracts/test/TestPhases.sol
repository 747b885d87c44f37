// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IPhaseController} from "../interfaces/IPhaseController.sol";

/// @title A controller of genesis phases that can only leave G0.
contract TestPhases is IPhaseController {
    bool public founderPowerEnded;

    function leaveG0() external {
        founderPowerEnded = true;
    }
}
