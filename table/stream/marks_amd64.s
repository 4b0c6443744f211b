#include "textflag.h"

// func marksAVX2(marks []uint64, data []byte, separator byte)
// Each word of marks is that of 64 bytes of data: a bit for every byte that is the separator, a
// line feed or a quotation mark.
TEXT ·marksAVX2(SB), NOSPLIT, $0-49
	MOVQ marks_base+0(FP), DI
	MOVQ marks_len+8(FP), CX
	MOVQ data_base+24(FP), SI
	MOVBLZX separator+48(FP), AX
	MOVQ AX, X0
	VPBROADCASTB X0, Y0
	MOVL $10, AX
	MOVQ AX, X1
	VPBROADCASTB X1, Y1
	MOVL $34, AX
	MOVQ AX, X2
	VPBROADCASTB X2, Y2

next:
	TESTQ CX, CX
	JZ done
	VMOVDQU (SI), Y3
	VMOVDQU 32(SI), Y4
	VPCMPEQB Y0, Y3, Y5
	VPCMPEQB Y1, Y3, Y6
	VPCMPEQB Y2, Y3, Y7
	VPOR Y5, Y6, Y6
	VPOR Y6, Y7, Y7
	VPCMPEQB Y0, Y4, Y8
	VPCMPEQB Y1, Y4, Y9
	VPCMPEQB Y2, Y4, Y10
	VPOR Y8, Y9, Y9
	VPOR Y9, Y10, Y10
	VPMOVMSKB Y7, AX
	VPMOVMSKB Y10, BX
	SHLQ $32, BX
	ORQ BX, AX
	MOVQ AX, (DI)
	ADDQ $8, DI
	ADDQ $64, SI
	DECQ CX
	JMP next

done:
	VZEROUPPER
	RET
