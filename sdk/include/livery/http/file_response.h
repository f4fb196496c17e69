#pragma once

#include <string>
#include <string_view>

#include <livery/http/response.h>

namespace livery {

// The value of a Content-Disposition: save it, under this name (UTF-8), which readers of RFC 6266
// are told exactly and older ones in ASCII.
std::string SavedAs(std::string_view name);

// A file of strangers, for whoever saves it: the browser neither shows it nor guesses at its type,
// what it holds gets no origin if it is opened all the same, and no cache keeps it.
Response FileToSave(std::string bytes, std::string type, std::string_view name);

}  // namespace livery
