#pragma once

#include <string>
#include <string_view>

namespace livery::service_desk {

// The words of an HTML mail as plain text: a line for each block, `> ` before what is quoted (a
// blockquote), nothing of styles, scripts and what is hidden from readers. By libxml2.
std::string TextOfHtml(std::string_view html);

}  // namespace livery::service_desk
