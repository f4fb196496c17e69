#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace livery::gateways {

// A text that may be logged or shown: of every secret that stands in it nothing is left, and of
// what may be a card number (13 to 19 digits, also among more, blanks and dashes between them,
// right by Luhn's check digit) the last four. Rather too much than too little. Pure.
std::string Masked(std::string_view text, const std::vector<std::string>& secrets);

// The secrets alone: for texts that a program goes on reading.
std::string WithoutSecrets(std::string_view text, const std::vector<std::string>& secrets);

}  // namespace livery::gateways
