#pragma once

#include <map>
#include <string>

#include "sandbox/book/records.h"

namespace livery::sandbox {

// Some banks are reached by a form of the shop's only (3-D Secure: PaReq, MD, TermUrl).
bool IsReachedByPost(const Payment& payment);
bool IsReachedByPost(const Setup& setup);

// What that form must bring, as it stands here: a long text, and one with every mark that HTML and
// forms write in another way.
std::map<std::string, std::string> PostedFields(const Payment& payment);
std::map<std::string, std::string> PostedFields(const Setup& setup);

}  // namespace livery::sandbox
