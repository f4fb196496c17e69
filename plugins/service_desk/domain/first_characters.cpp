#include "domain/first_characters.h"

namespace livery::service_desk {

std::string FirstCharacters(std::string_view utf8, std::size_t most) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < utf8.size(); ++at) {
        const bool begins = (static_cast<unsigned char>(utf8[at]) & 0xC0U) != 0x80U;
        if (begins && ++count > most) return std::string(utf8.substr(0, at));
    }
    return std::string(utf8);
}

}  // namespace livery::service_desk
