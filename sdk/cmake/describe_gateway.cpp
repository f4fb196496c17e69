// Linked to what a gateway is made of (livery_add_gateway): prints its manifest.
#include <cstdio>

extern "C" const char* livery_gateway_description();

int main() { return std::fputs(livery_gateway_description(), stdout) < 0 ? 1 : 0; }
