#pragma once

#include <string>
#include <string_view>

namespace livery {

// Numbers of bank cards in texts (ISO/IEC 7812-1): the house never wants one, so it neither
// takes one in nor writes one down. Pure.

// A text that may be written down: of what may be a card's number (13 to 19 digits, also among
// more, blanks and dashes between them, right by Luhn's check digit) the last four are left. Rather
// too much than too little: in a log a wrong guess costs nothing.
std::string WithoutCardNumbers(std::string_view text);

// Whether somebody has typed the number of a card. Stricter, for it is refused: 14 to 19 digits in
// one or more groups, blanks or dashes between them, that begin as an issuer's do and are as long
// as its cards, and right by Luhn's check digit. None are, whatever their digits: what has a letter
// before or after it (an IBAN, a VAT id, an id or a number of ours), what has a `+`
// before it (a phone number), a group of a longer one, the digits of a UUID (an Idempotency-Key, by
// chance, once in some ten thousand). Visa's 13 digits went out of use long ago,
// and are what mobile numbers of Germany look like without their plus. Which requests are looked at
// says core/dispatch/exchange.cpp.
bool HoldsCardNumber(std::string_view text);

}  // namespace livery
